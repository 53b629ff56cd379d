using Microsoft.AspNetCore.Components;
using PipelineCrm.Timeline;

namespace PipelineCrm.Web.Components.Timeline;

public sealed partial class HistoryList<TItem>
{
    private List<TItem>? _items;
    private string? _next;
    private Problem? _problem;
    private (object? Of, TimelinePart Part) _shown;
    private bool _busy;

    /// <summary>Whose history it is, as the page read it last: another one means that something may have happened.</summary>
    [Parameter, EditorRequired]
    public required object Of { get; set; }

    [Parameter]
    public TimelinePart Part { get; set; }

    /// <summary>Where a part is shown; null: there is nothing to choose.</summary>
    [Parameter]
    public Func<TimelinePart, string>? AddressOf { get; set; }

    /// <summary>Reads the page after a place; null: the first.</summary>
    [Parameter, EditorRequired]
    public required Func<string?, Task<Result<Page<TItem>>>> Read { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TItem> ChildContent { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown.Of, Of) && _shown.Part == Part)
        {
            return;
        }

        _items = _shown.Part == Part ? _items : null;
        _shown = (Of, Part);
        await Load();
    }

    private async Task Load()
    {
        var asked = _shown;
        var read = await Read(null);
        if (IsStill(asked))
        {
            (_problem, _items, _next) = (read.Problem, read.Value?.Items.ToList(), read.Value?.Next);
        }
    }

    private async Task More()
    {
        var asked = _shown;
        _busy = true;
        var read = await Read(_next);
        _busy = false;
        if (!IsStill(asked))
        {
            return;
        }

        if (read.Ok)
        {
            _items!.AddRange(read.Value.Items);
            _next = read.Value.Next;
        }
        else
        {
            _problem = read.Problem;
        }
    }

    /// <summary>An answer that comes after another history was asked for is no longer wanted.</summary>
    private bool IsStill((object? Of, TimelinePart Part) asked) => ReferenceEquals(asked.Of, _shown.Of) && asked.Part == _shown.Part;
}
