using Microsoft.AspNetCore.Components;
using PipelineCrm.Domain;
using PipelineCrm.Rules;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>One condition: field, comparison and value from pick lists.</summary>
public sealed partial class ConditionRow
{
    /// <summary>Where the condition stands in its rule.</summary>
    [Parameter, EditorRequired] public required string Line { get; set; }

    [Parameter, EditorRequired] public required ConditionForm Leaf { get; set; }

    [Parameter, EditorRequired] public required IReadOnlyList<RuleField> Fields { get; set; }

    [Parameter, EditorRequired] public required RuleFormatter Sentences { get; set; }

    /// <summary>What is wrong with <c>field</c>, <c>op</c> or <c>value</c>, if anything.</summary>
    [Parameter, EditorRequired] public required Func<string, string?> Wrong { get; set; }

    [Parameter, EditorRequired] public EventCallback OnChange { get; set; }

    /// <summary>Without it the condition cannot be removed: it is the last one.</summary>
    [Parameter] public EventCallback OnRemove { get; set; }

    private RuleField? Current => Fields.FirstOrDefault(one => one.Key == Leaf.Field);

    private OperandKind Operand => Current is { } current && current.Operators.Contains(Leaf.Op) ? Operator.Operand(Leaf.Op, current.Type)
        : OperandKind.None;

    private bool IsNumber => Operand is OperandKind.Number or OperandKind.TwoNumbers or OperandKind.Days;

    /// <summary>The fields whose value may be asked for instead of a typed one.</summary>
    private List<RuleField> Others => Current is { } current && Leaf.TakesField(current.Type)
        ? [.. Fields.Where(other => other.Key != current.Key && Comparable(current, other))]
        : [];

    private static bool Comparable(RuleField one,
        RuleField other) => one.Type == other.Type || (one.Type.IsNumeric() && other.Type.IsNumeric());

    private IEnumerable<string> Wrongs => new[] { "field", "op", "value" }.Select(Wrong).OfType<string>().Distinct();

    private string? Bad(string part) => Wrong(part) is null ? null : "true";

    private Task ChooseField(ChangeEventArgs change) => Changed(() =>
    {
        Leaf.Field = (string)change.Value!;
        if (Current?.Operators.Contains(Leaf.Op) != true)
        {
            Leaf.Op = Operator.Filled;
        }

        ClearValue();
    });

    private Task ChooseOperator(ChangeEventArgs change) => Changed(() => Leaf.Op = (string)change.Value!);

    private Task ChooseOther(ChangeEventArgs change) =>
        Changed(() => Leaf.OtherField = change.Value is string { Length: > 0 } field ? field : null);

    private Task Type(ChangeEventArgs change) => Changed(() => Leaf.Value = change.Value as string ?? "");

    private Task TypeUpper(ChangeEventArgs change) => Changed(() => Leaf.Upper = change.Value as string ?? "");

    private Task TypeMany(ChangeEventArgs change) => Changed(() =>
    {
        Leaf.Values.Clear();
        Leaf.Values.UnionWith(
            (change.Value as string ?? "").Split([',', '，'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    });

    private Task Toggle(string value) => Changed(() =>
    {
        if (!Leaf.Values.Remove(value))
        {
            Leaf.Values.Add(value);
        }
    });

    private void ClearValue()
    {
        (Leaf.Value, Leaf.Upper, Leaf.OtherField) = ("", "", null);
        Leaf.Values.Clear();
    }

    private Task Changed(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
