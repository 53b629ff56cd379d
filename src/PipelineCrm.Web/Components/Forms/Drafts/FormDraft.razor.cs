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

    /// <summary>
    /// What the form is about to do, as an id: the same for every try, also of what was restored, since nobody knows whether it was
    /// saved before; another one once it was saved or given up.
    /// </summary>
    public string Operation { get; private set; } = NewOperation();

    /// <summary>Whether what stands here was restored, so that it may have been saved already.</summary>
    public bool IsRestored => _restored is not null;

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

        (_restored, Operation) = (found, found.Operation ?? Operation);
        StateHasChanged();
        await Drafts.PutBack(_key);
    }

    /// <summary>What was typed has been saved: its draft is deleted, and the form may be used again.</summary>
    public Task Drop()
    {
        Operation = NewOperation();
        return Drafts.Drop(Form, Subject);
    }

    private static string NewOperation() => Guid.NewGuid().ToString("N");

    private async Task Discard()
    {
        Operation = NewOperation();
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
