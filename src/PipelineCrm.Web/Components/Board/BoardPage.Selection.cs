using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Components.Lists;

namespace PipelineCrm.Web.Components.Board;

/// <summary>Several deals at once: which are chosen, and what is done with them.</summary>
public sealed partial class BoardPage : IBulkPage
{
    private BulkAsk? _bulk;
    private BulkJobStrip? _jobs;
    private BoardFilters? _filters;

    [Inject]
    private BulkJobs Jobs { get; set; } = null!;

    FactSubject IBulkPage.Subject => FactSubject.Deal;

    private BoardSelection Selection => _state.Selection;

    /// <summary>The column that holds what was chosen, where it has more than that.</summary>
    private ColumnState? WholeColumn => Selection.Count > 0
        && _columns.Where(column => column.Cards.Exists(IsChosen)).ToList() is [var only] && !only.IsStrip
        && Selection.Count < Math.Min(only.Count, SelectColumn.Most) ? only : null;

    public void TakeBack(BulkJobView job)
    {
        _bulk = new BulkAsk([]) { Back = job };
        StateHasChanged();
    }

    protected override void OnInitialized() => Jobs.Page = this;

    /// <summary>Chooses a card, or gives it up.</summary>
    /// <param name="range">All from the one that was chosen last to this one.</param>
    /// <returns>What is said of it.</returns>
    [JSInvokable]
    public string Pick(string id, bool range)
    {
        if (Session.Role == Role.Viewer || Find(id) is not { } deal)
        {
            return "";
        }

        if (!deal.MayMove)
        {
            NotYours(id);
            return "";
        }

        if (range && Holding(deal.Id) is { } column)
        {
            Selection.TakeRange(column, deal);
        }
        else
        {
            Selection.Toggle(deal);
        }

        Drawn();
        return L[Selection.Contains(deal.Id) ? "SaidChosen" : "SaidGivenUp", deal.Title, Selection.Count];
    }

    [JSInvokable]
    public void Unpick()
    {
        if (Selection.Count > 0 || Selection.On)
        {
            Selection.Clear();
            Drawn();
        }
    }

    /// <summary>A change of many that there is: how far it is, or what became of it.</summary>
    private void Show(BulkJobView job) => _bulk = new BulkAsk([]) { Job = job };

    private bool IsChosen(CardState card) => Selection.Contains(card.Deal.Id);

    private void SelectMode()
    {
        if (Selection.On)
        {
            Unpick();
        }
        else
        {
            Selection.On = true;
        }
    }

    private async Task ChooseColumn(ColumnState column)
    {
        var filter = _filter;
        var all = await Session.Send(new SelectColumn.Query(column.Place.AsStage()!.Value, filter), Channel.Board);
        if (!all.Ok)
        {
            Toasts.Failed(all.Problem.Message);
        }
        else if (filter == _filter)
        {
            Selection.Take(all.Value);
            Drawn();
        }
    }

    /// <summary>What was chosen under versions that will soon be old is chosen no more.</summary>
    private void BulkStarted()
    {
        Selection.Clear();
        Drawn();
    }

    private async Task BulkClosed()
    {
        _bulk = null;
        await _jobs!.Look();
    }

    private void Drawn()
    {
        foreach (var column in _columns)
        {
            column.Touch();
        }

        StateHasChanged();
    }
}
