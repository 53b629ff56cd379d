using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Forms;

public sealed partial class FormDraft
{
    private readonly string _key = Guid.NewGuid().ToString("N");
    private ElementReference _element;
    private Restored? _restored;
    private string? _first;
    private bool _started;

    [Inject]
    private Drafts Drafts { get; set; } = null!;

    [Inject]
    private Formats Formats { get; set; } = null!;

    [Inject]
    private IStringLocalizer<KitText> L { get; set; } = null!;

    /// <summary>The form's name; together with <see cref="Subject"/> it finds the draft again.</summary>
    [Parameter, EditorRequired]
    public required string Form { get; set; }

    /// <summary>What the form is about: the customer's or the deal's id; null for something new.</summary>
    [Parameter]
    public string? Subject { get; set; }

    /// <summary>What the controls do not hold themselves: the lines of a form, an id behind a name.</summary>
    [Parameter]
    public string? State { get; set; }

    /// <summary>Takes a <see cref="State"/> back, before the controls get theirs.</summary>
    [Parameter]
    public EventCallback<string> OnState { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _first = State;
        var found = await Drafts.Start(_key, _element, Form, Subject);
        _started = true;
        if (found is null)
        {
            return;
        }

        if (found.State is { } state)
        {
            await OnState.InvokeAsync(state);
        }

        _restored = found;
        StateHasChanged();
        await Drafts.PutBack(_key);
    }

    /// <summary>What was typed has been saved: its draft is deleted, and the form may be used again.</summary>
    public Task Drop() => Drafts.Drop(Form, Subject);

    private async Task Discard()
    {
        await Drafts.Discard(_key);
        if (_first is { } first)
        {
            await OnState.InvokeAsync(first);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started)
        {
            await Drafts.Stop(_key);
        }
    }
}
