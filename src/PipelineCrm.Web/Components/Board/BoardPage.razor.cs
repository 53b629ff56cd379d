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
    /// <summary>Empty until the board was read once.</summary>
    private IReadOnlyList<ColumnState> _columns = [];
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

    [SupplyParameterFromQuery(Name = "filter")]
    private string? Facts { get; set; }

    [SupplyParameterFromQuery(Name = "view")]
    private string? View { get; set; }

    private bool Filtered => (StartsOnMine && _filter.Owner == Session.User ? _filter with { Owner = null } : _filter) != new BoardFilter();

    /// <summary>No open deal in any column, and no strip opened; closed deals may lie in the strips.</summary>
    private bool IsEmpty => _columns.All(column => column.IsStrip ? !column.Open : column is { Count: 0, Creating: false, Cards.Count: 0 });

    /// <summary>What to do, and what the filters do find among the closed deals.</summary>
    private string NothingFoundText =>
        (At(Place.Lost).Count, At(Place.Completed).Count) is (var lost, var completed) && lost + completed > 0
        ? L["NothingFoundClosed", Formats.Number(completed), Formats.Number(lost)]
        : L["NothingFoundText"];

    private ColumnState? CreateIn => _columns.FirstOrDefault(column => column.MayCreate);

    protected override async Task OnParametersSetAsync()
    {
        _address = await ReadAddress();
        _filter = _address.Filter;
        if (_filter != _loaded)
        {
            await Load();
        }
    }

    private async Task Load()
    {
        var filter = _loaded = _filter;
        _loading = true;
        var board = await Session.Send(new GetBoard.Query(filter, ColumnState.PageSize), Channel.Board);
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

        _columns = _state.Piles;
        Name();
        _state.Load(board.Value);
        foreach (var strip in _columns.Where(column => column is { IsStrip: true, Open: true }))
        {
            await LoadStrip(strip);
        }

        await CatchUp();
    }

    /// <summary>What the organisation says of its stages.</summary>
    private void Name()
    {
        foreach (var column in _state.Piles)
        {
            column.Probability = Probability(column.Place);
        }
    }

    private decimal Probability(Place place) =>
        Session.Organisation.Stages.FirstOrDefault(stage => stage.Stage == place.AsStage())?.Probability ?? 100;

    /// <summary>After a move: the figures anew, without the cards, and what others did meanwhile.</summary>
    private async Task Refresh()
    {
        var filter = _filter;
        var board = await Session.Send(new GetBoardChanges.Query(filter, []), Channel.Board);
        if (board.Ok && filter == _filter)
        {
            _state.Figures(board.Value.Figures);
            StateHasChanged();
        }

        await CatchUp();
    }

    private ColumnState At(Place place) => _state.At(place);

    private ColumnState? Holding(DealId id) => _state.Holding(id);

    private async Task OpenStrip(ColumnState strip)
    {
        strip.Open = !strip.Open;
        if (strip.Open)
        {
            await LoadCodes(strip);
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
            strip.Load(page.Value);
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
        _state.Open(deal);
        await Refresh();
    }
}
