using System.Linq.Expressions;
using Microsoft.AspNetCore.Components;

namespace PipelineCrm.Web.Components.Forms;

/// <summary>What every field has: a label, a hint, and what is wrong with it, tied to the control for those who listen.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The control's id.</summary>
    [Parameter]
    public string Id { get; set; } = $"f{Guid.NewGuid():N}";

    /// <summary>What the form calls the value: half-typed, it is stored under that name. Taken from the binding where there is
    /// one.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public string? Hint { get; set; }

    /// <summary>What is wrong with the value, as the use case says it.</summary>
    [Parameter]
    public string? Error { get; set; }

    [Parameter]
    public bool Required { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public bool Autofocus { get; set; }

    /// <summary>After the field itself found something wrong with what was typed, or nothing any more.</summary>
    [Parameter]
    public EventCallback<string?> OnMistake { get; set; }

    /// <summary>What the field itself found wrong with what was typed; goes before <see cref="Error"/>.</summary>
    public string? Mistake { get; protected set; }

    protected string? NameOf<T>(Expression<Func<T>>? bound) => Name ?? (bound?.Body as MemberExpression)?.Member.Name.TrimStart('_');

    protected string? Wrong => Mistake ?? Error;

    protected string? Invalid => Wrong is null ? null : "true";

    protected string? DescribedBy => (Hint, Wrong) switch
    {
        (null, null) => null,
        (not null, null) => $"{Id}-hint",
        (null, not null) => $"{Id}-error",
        _ => $"{Id}-hint {Id}-error",
    };
}
