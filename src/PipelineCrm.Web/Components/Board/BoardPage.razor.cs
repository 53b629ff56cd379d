using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Moves;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Board;

/// <summary>The board: what it shows. What the pointer does on it is in the other part.</summary>
public sealed partial class BoardPage : IAsyncDisposable
{
    private List<ColumnState> _columns = [];
    private BoardFilter _filter = new();
    private BoardFilter? _loaded;
    private Problem? _problem;
    private bool _loading;

    /// <summary>What is to be scrolled into view once it is drawn.</summary>
    private Place? _show;

    [Inject]
    private Session Session { get; set; } = null!;

    [Inject]
    private Formats Formats { get; set; } = null!;

    [Inject]
    private MoveFormatter Words { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private IStringLocalizer<BoardText> L { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "owner")]
    private string? Owner { get; set; }

    [SupplyParameterFromQuery(Name = "team")]
    private string? Team { get; set; }

    [SupplyParameterFromQuery(Name = "source")]
    private string? Source { get; set; }

    [SupplyParameterFromQuery(Name = "search")]
    private string? Search { get; set; }

    private bool Filtered => _filter != new BoardFilter();

    /// <summary>No open deal in any column, and no strip opened; closed deals may lie in the strips.</summary>
    private bool IsEmpty => _columns.TrueForAll(column => column.IsStrip ? !column.Open : column is { Count: 0, Creating: false, Cards.Count: 0 });

    /// <summary>What to do, and what the filters do find among the closed deals.</summary>
    private string NothingFoundText => (At(Place.Lost).Count, At(Place.Completed).Count) is (var lost, var completed) && lost + completed > 0
        ? L["NothingFoundClosed", Formats.Number(completed), Formats.Number(lost)]
        : L["NothingFoundText"];

    private ColumnState? CreateIn => _columns.Find(column => column.MayCreate);

    protected override async Task OnParametersSetAsync()
    {
        _filter = new BoardFilter(
            UserId.TryParse(Owner, CultureInfo.InvariantCulture, out var owner) ? owner : null,
            TeamId.TryParse(Team, CultureInfo.InvariantCulture, out var team) ? team : null,
            string.IsNullOrWhiteSpace(Search) ? null : Search,
            string.IsNullOrWhiteSpace(Source) ? null : Source);
        if (_filter != _loaded)
        {
            await Load();
        }
    }

    private async Task Load()
    {
        var filter = _loaded = _filter;
        _loading = true;
        var board = await Session.Send(new GetBoard.Query(filter), Channel.Board);
        if (filter != _filter)
        {
            return;
        }

        _loading = false;
        _problem = board.Problem;
        if (!board.Ok)
        {
            _loaded = null;
            return;
        }

        if (_columns.Count == 0)
        {
            _columns = [.. Stages.AllPlaces.Select(place => new ColumnState(place) { Probability = Probability(place) })];
        }

        foreach (var column in board.Value.Columns)
        {
            var pile = At(column.Stage.ToPlace());
            pile.Load(column.Items, column.Next);
            (pile.MaxDays, pile.WarnDays, pile.MayCreate) = (column.MaxDays, column.WarnDays, column.MayCreate);
        }

        Figures(board.Value);
        foreach (var strip in _columns.Where(pile => pile is { IsStrip: true, Open: true }))
        {
            await LoadStrip(strip);
        }
    }

    private decimal Probability(Place place) =>
        Session.Organisation.Stages.FirstOrDefault(stage => stage.Stage == place.AsStage())?.Probability ?? 100;

    /// <summary>Counts and sums of the whole columns, as the database has them.</summary>
    private void Figures(BoardView board)
    {
        foreach (var column in board.Columns)
        {
            var pile = At(column.Stage.ToPlace());
            (pile.Count, pile.Totals, pile.Weighted) = (column.Count, column.Totals, column.Weighted);
            pile.Touch();
        }

        foreach (var (place, strip) in new[] { (Place.Completed, board.Completed), (Place.Lost, board.Lost) })
        {
            var pile = At(place);
            (pile.Count, pile.Last30Days) = (strip.Count, strip.Last30Days);
            pile.Touch();
        }
    }

    /// <summary>After a move: the figures anew, without the cards.</summary>
    private async Task Refresh()
    {
        var filter = _filter;
        var board = await Session.Send(new GetBoard.Query(filter, 1), Channel.Board);
        if (board.Ok && filter == _filter)
        {
            Figures(board.Value);
            StateHasChanged();
        }
    }

    private ColumnState At(Place place) => _columns.First(column => column.Place == place);

    private ColumnState? Holding(DealId id) => _columns.Find(column => column.Find(id) is not null);

    private async Task OpenStrip(ColumnState strip)
    {
        strip.Open = !strip.Open;
        if (strip.Open)
        {
            await LoadStrip(strip);
            _show = strip.Place;
        }
    }

    /// <summary>The tab of a strip on a small screen: its list opens with it.</summary>
    private Task ShowTab(Place place) => At(place) is { IsStrip: true, Open: false } strip ? OpenStrip(strip) : Task.CompletedTask;

    private async Task LoadStrip(ColumnState strip)
    {
        var page = await Session.Send(ClosedPage(strip, null), Channel.Board);
        if (page.Ok)
        {
            strip.Load(page.Value.Items, page.Value.Next);
        }
        else
        {
            Toasts.Failed(page.Problem.Message);
        }
    }

    private ListClosedDeals.Query ClosedPage(ColumnState strip, string? after) =>
        new(strip.Place == Place.Lost ? Outcome.Lost : Outcome.Completed, _filter, new PageRequest(ColumnState.PageSize, after));

    private void Create(ColumnState? column)
    {
        foreach (var other in _columns.Where(other => other.Creating || other == column))
        {
            other.Creating = other == column;
            other.Touch();
        }
    }

    private async Task Created(DealView deal)
    {
        var column = At(deal.Stage.ToPlace());
        column.Insert(new CardState(deal), null);
        column.Shift(deal, 1);
        await Refresh();
    }
}
