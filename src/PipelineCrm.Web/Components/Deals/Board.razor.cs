using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Shared;
using PipelineCrm.Web.Texts;

namespace PipelineCrm.Web.Components.Deals;

/// <summary>The board: what it shows. What hands do on it is in the other part.</summary>
public sealed partial class Board : IAsyncDisposable
{
    /// <summary>Empty until the board was read once.</summary>
    private IReadOnlyList<Pile> _piles = [];
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
    private MoveWords Words { get; set; } = null!;

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

    private bool Filtered => (StartsOnMine && _filter.Owner == Session.User ? _filter with { Owner = null } : _filter) != new BoardFilter();

    /// <summary>No open deal in any column, and no strip opened; closed deals may lie in the strips.</summary>
    private bool IsEmpty => _piles.All(pile => pile.IsStrip ? !pile.Open : pile is { Count: 0, Creating: false, Cards.Count: 0 });

    /// <summary>What to do, and what the filters do find among the closed deals.</summary>
    private string NothingFoundText => (At(Place.Lost).Count, At(Place.Completed).Count) is (var lost, var completed) && lost + completed > 0
        ? L["NothingFoundClosed", Formats.Number(completed), Formats.Number(lost)]
        : L["NothingFoundText"];

    private Pile? CreateIn => _piles.FirstOrDefault(pile => pile.MayCreate);

    protected override async Task OnParametersSetAsync()
    {
        (_filter, _wrong) = await ReadAddressAsync();
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

        _piles = _state.Piles;
        Name();
        _state.Load(board.Value);
        foreach (var strip in _piles.Where(pile => pile is { IsStrip: true, Open: true }))
        {
            await LoadStrip(strip);
        }

        await CatchUp();
    }

    /// <summary>What the organisation says of its stages.</summary>
    private void Name()
    {
        foreach (var pile in _state.Piles)
        {
            pile.Probability = Probability(pile.Place);
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

    private Pile At(Place place) => _state.At(place);

    private Pile? Holding(DealId id) => _state.Holding(id);

    private async Task OpenStrip(Pile strip)
    {
        strip.Open = !strip.Open;
        if (strip.Open)
        {
            await LoadCodesAsync();
            await LoadStrip(strip);
            _show = strip.Place;
        }
    }

    /// <summary>The tab of a strip on a small screen: its list opens with it.</summary>
    private Task ShowTab(Place place) => At(place) is { IsStrip: true, Open: false } strip ? OpenStrip(strip) : Task.CompletedTask;

    private async Task LoadStrip(Pile strip)
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

    private ListClosedDeals.Query ClosedPage(Pile strip, string? after) =>
        new(strip.Place == Place.Lost ? Outcome.Lost : Outcome.Completed, _filter, new PageRequest(Pile.PageSize, after));

    private void Create(Pile? pile)
    {
        foreach (var other in _piles.Where(other => other.Creating || other == pile))
        {
            other.Creating = other == pile;
            other.Touch();
        }
    }

    private async Task Created(DealView deal)
    {
        _state.Open(deal);
        await Refresh();
    }
}
