using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Deals;

/// <summary>What hands do on the board. The browser follows the pointer by itself; it asks once for the verdicts and tells once of the drop.</summary>
public sealed partial class Board
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _hands;
    private DotNetObjectReference<Board>? _self;
    private MoveFlow? _flow;
    private string? _beside;
    private DealView? _moving;
    private (DealView Deal, IReadOnlyList<Verdict> Moves)? _menu;
    private (DealId Id, ExplainMoves.Answer Answer)? _explained;

    /// <summary>Where cards lay before they were moved: where they go back to.</summary>
    private readonly Dictionary<DealId, (Place Place, Spot Spot)> _origins = [];

    private string _watched = "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Deals/Board.razor.js");
            _self = DotNetObjectReference.Create(this);
            _hands = await _module.InvokeAsync<IJSObjectReference>(
                "start", _element, _self, new { lifted = L["Lifted"].Value, over = L["OverPlace"].Value, back = L["PutBack"].Value, lands = L["LandsHere"].Value });
        }
        // New columns have ends to watch.
        var columns = string.Concat(_piles.Select(pile => pile.IsStrip && !pile.Open ? '-' : '+'));
        if (_hands is not null && columns != _watched)
        {
            _watched = columns;
            await _hands.InvokeVoidAsync("watch");
        }

        if (_hands is not null && _show is { } place)
        {
            _show = null;
            await _hands.InvokeVoidAsync("show", place.ToWire());
        }
    }

    /// <summary>A card was pressed: how each column would answer.</summary>
    [JSInvokable]
    public async Task<IReadOnlyList<Sign>> Lifted(string id)
    {
        if (Find(id) is not { } deal)
        {
            return [];
        }

        var explained = await Session.Send(new ExplainMoves.Query(deal.Id), Channel.Board);
        if (!explained.Ok)
        {
            return [];
        }

        _explained = (deal.Id, explained.Value);
        return [.. Stages.AllPlaces.Select(place => SignOf(deal, place, explained.Value))];
    }

    private Sign SignOf(DealView deal, Place place, ExplainMoves.Answer answer)
    {
        if (place == deal.Position.Place)
        {
            return new Sign(place.ToWire(), null, L["LiftedHere"], L["EscReturns"]);
        }

        var verdict = Known(answer, place);
        return new Sign(place.ToWire(), (verdict?.Result ?? VerdictKind.Refused).ToWire(), Words.Title(verdict), Words.Line(verdict));
    }

    private static Verdict? Known(ExplainMoves.Answer answer, Place place) =>
        answer.Moves.FirstOrDefault(verdict => verdict.To == place && verdict.Kind is not (MoveKind.Repurchase or MoveKind.Refer));

    /// <summary>A card was dropped between two others. True: it lies there now, dim until it is confirmed.</summary>
    [JSInvokable]
    public bool Dropped(string id, string place, string? above, string? below)
    {
        if (Find(id) is not { } deal || _flow is null or { InHand: true } || !WireNames.TryParse<Place>(place, out var to))
        {
            return false;
        }

        var spot = new Spot(IdOf(above), IdOf(below));
        if (to == deal.Position.Place)
        {
            return Arrange(deal, spot);
        }

        var answer = _explained is { } explained && explained.Id == deal.Id && explained.Answer.Version == deal.Version ? explained.Answer : null;
        var known = answer is null ? null : Known(answer, to);
        var refused = answer is not null && known is null or { Result: VerdictKind.Refused };
        Begin(new MoveWish(deal, known?.Kind ?? MoveWish.KindOf(deal.Position, to), to, Channel.Board, spot, known), lay: !refused);
        return !refused;
    }

    private static DealId? IdOf(string? text) => DealId.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Another place in the same column, at once here and then for everybody.</summary>
    private bool Arrange(DealView deal, Spot spot)
    {
        if (Holding(deal.Id) is not { IsStrip: false } pile || spot is { Above: null, Below: null })
        {
            return false;
        }

        var before = pile.SpotOf(deal.Id);
        pile.Insert(new Card(deal, Pending: true), spot);
        StateHasChanged();
        InBackground(async () =>
        {
            var placed = await Session.Send(new PlaceDeal.Command(deal.Id, spot.Above, spot.Below), Channel.Board);
            if (placed.Ok)
            {
                pile.Replace(deal.Id, card => card with { Pending = false });
            }
            else
            {
                pile.Insert(new Card(deal), before);
                Toasts.Failed(placed.Problem.Message);
            }

            StateHasChanged();
        });
        return true;
    }

    private void InBackground(Func<Task> work) => _ = InvokeAsync(async () =>
    {
        try
        {
            await work();
        }
        catch (Exception failed)
        {
            await DispatchExceptionAsync(failed);
        }
    });

    /// <summary>Somebody tried to move a colleague's card.</summary>
    [JSInvokable]
    public void NotYours(string id)
    {
        if (Find(id) is { } deal)
        {
            Toasts.Note(Words.NotYours(deal, Session.Role));
        }
    }

    /// <param name="lay">Whether the card lies in its new place at once.</param>
    private void Begin(MoveWish wish, bool lay)
    {
        (_moving, _beside) = (wish.Deal, BesideOf(wish.Deal.Id));
        if (lay)
        {
            Lay(wish);
        }

        StateHasChanged();
        InBackground(() => _flow!.Start(wish));
    }

    private void Lay(MoveWish wish)
    {
        if (Holding(wish.Deal.Id) is { } from)
        {
            _origins[wish.Deal.Id] = (from.Place, from.SpotOf(wish.Deal.Id));
            from.Shift(wish.Deal, -1);
            from.Remove(wish.Deal.Id);
        }

        var target = At(wish.To);
        target.Shift(wish.Deal, 1);
        target.Insert(new Card(wish.Deal, Pending: true), wish.Spot);
    }

    private void Waiting(int fields) => Change(card => card with { WaitsFor = fields });

    private void Change(Func<Card, Card> change)
    {
        if (_moving is { } deal)
        {
            Holding(deal.Id)?.Replace(deal.Id, change);
        }
    }

    /// <summary>Confirmed, or taken back: the card as the database has it.</summary>
    private async Task Moved(Moved moved)
    {
        _moving = null;
        Settle(moved.Deal);
        if (moved.Created is { } created)
        {
            At(created.Position.Place).Insert(new Card(created), null);
        }

        await Refresh();
    }

    /// <summary>Refused, cancelled, or settled by somebody else: the card goes where the deal is.</summary>
    private async Task Returned(DealView deal)
    {
        _moving = null;
        Settle(deal);
        await Refresh();
    }

    private void Settle(DealView deal)
    {
        var (holds, home) = (Holding(deal.Id), At(deal.Position.Place));
        if (holds == home)
        {
            home.Replace(deal.Id, _ => new Card(deal));
            return;
        }

        holds?.Shift(deal, -1);
        holds?.Remove(deal.Id);
        home.Shift(deal, 1);
        if (!home.IsStrip || home.Open)
        {
            home.Insert(new Card(deal), _origins.TryGetValue(deal.Id, out var origin) && origin.Place == home.Place ? origin.Spot : null);
        }
    }

    private DealView? Find(string id) =>
        DealId.TryParse(id, CultureInfo.InvariantCulture, out var known) ? Holding(known)?.Find(known)?.Deal : null;

    private static string BesideOf(DealId id) => $"[data-deal=\"{id}\"]";

    /// <summary>The end of a column came near. True: there is more of it now.</summary>
    [JSInvokable]
    public async Task<bool> More(string place, double cardHeight)
    {
        if (!WireNames.TryParse<Place>(place, out var known))
        {
            return false;
        }

        var (pile, filter) = (At(known), _filter);
        pile.CardHeight = cardHeight;
        if (pile.Next is { } after && pile.ShowsEnd)
        {
            var page = await NextPage(pile, filter, after);
            if (!page.Ok || filter != _filter)
            {
                return false;
            }

            pile.Append(page.Value);
        }
        else
        {
            pile.Onward();
        }

        StateHasChanged();
        return true;
    }

    private async Task<Result<Page<DealView>>> NextPage(Pile pile, BoardFilter filter, string after) => pile.Place.AsStage() is { } stage
        ? await Session.Send(new GetBoardColumn.Query(stage, filter, new PageRequest(Pile.PageSize, after)), Channel.Board)
        : await Session.Send(ClosedPage(pile, after), Channel.Board);

    /// <summary>The upper end of what is drawn came near.</summary>
    [JSInvokable]
    public bool Back(string place, double cardHeight)
    {
        if (!WireNames.TryParse<Place>(place, out var known))
        {
            return false;
        }

        At(known).CardHeight = cardHeight;
        At(known).Backward();
        StateHasChanged();
        return true;
    }

    /// <summary>"Move to…" of the focused card.</summary>
    [JSInvokable]
    public async Task Menu(string id)
    {
        if (Find(id) is { MayMove: false })
        {
            NotYours(id);
        }
        else if (Find(id) is { } deal && _flow is { InHand: false })
        {
            var explained = await Session.Send(new ExplainMoves.Query(deal.Id), Channel.Board);
            _menu = (deal, explained.Value?.Moves ?? []);
            StateHasChanged();
        }
    }

    private void Chosen(Verdict verdict)
    {
        var deal = _menu!.Value.Deal;
        _menu = null;
        Begin(new MoveWish(deal, verdict.Kind, verdict.To!.Value, Channel.Board, null, verdict), lay: verdict.Result != VerdictKind.Refused);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_hands is not null)
            {
                await _hands.InvokeVoidAsync("stop");
                await _hands.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and what it listened to with it.
        }

        _self?.Dispose();
    }

    /// <summary>What a column says while a card is lifted.</summary>
    /// <param name="Verdict">The verdict's wire name; null where the card was lifted from.</param>
    public sealed record Sign(string Place, string? Verdict, string Title, string Line);
}
