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
    private readonly Dictionary<DealId, (Place Place, DealId? Below)> _origins = [];

    private string _watched = "";

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Deals/Board.razor.js");
            _self = DotNetObjectReference.Create(this);
            _hands = await _module.InvokeAsync<IJSObjectReference>(
                "start", _element, _self, new { lifted = L["Lifted"].Value, over = L["OverPlace"].Value, back = L["PutBack"].Value, lands = L["LandsHere"].Value, same = L["SameColumn"].Value });
        }
        // New columns have ends to watch.
        var columns = string.Concat(_piles.Select(pile => pile.IsStrip && !pile.Open ? '-' : '+'));
        if (_hands is not null && columns != _watched)
        {
            _watched = columns;
            await _hands.InvokeVoidAsync("watch");
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

    /// <summary>A card was dropped. True: it lies there now, dim until it is confirmed.</summary>
    [JSInvokable]
    public bool Dropped(string id, string place, string? before)
    {
        if (Find(id) is not { } deal || _flow is null or { InHand: true } || !WireNames.TryParse<Place>(place, out var to) || to == deal.Position.Place)
        {
            return false;
        }

        var answer = _explained is { } explained && explained.Id == deal.Id && explained.Answer.Version == deal.Version ? explained.Answer : null;
        var known = answer is null ? null : Known(answer, to);
        var above = DealId.TryParse(before, CultureInfo.InvariantCulture, out var card) ? card : (DealId?)null;
        var refused = answer is not null && known is null or { Result: VerdictKind.Refused };
        Begin(new MoveWish(deal, known?.Kind ?? MoveWish.KindOf(deal.Position, to), to, Channel.Board, above, known), lay: !refused);
        return !refused;
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
        _ = InvokeAsync(async () =>
        {
            try
            {
                await _flow!.Start(wish);
            }
            catch (Exception failed)
            {
                await DispatchExceptionAsync(failed);
            }
        });
    }

    private void Lay(MoveWish wish)
    {
        if (Holding(wish.Deal.Id) is { } from)
        {
            _origins[wish.Deal.Id] = (from.Place, from.Below(wish.Deal.Id));
            from.Shift(wish.Deal, -1);
            from.Remove(wish.Deal.Id);
        }

        var target = At(wish.To);
        target.Shift(wish.Deal, 1);
        target.Insert(new Card(wish.Deal, Pending: true), wish.Before);
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
            home.Insert(new Card(deal), _origins.TryGetValue(deal.Id, out var origin) && origin.Place == home.Place ? origin.Below : null);
        }
    }

    private DealView? Find(string id) =>
        DealId.TryParse(id, CultureInfo.InvariantCulture, out var known) ? Holding(known)?.Find(known)?.Deal : null;

    private static string BesideOf(DealId id) => $"[data-deal=\"{id}\"]";

    /// <summary>The end of a column came near.</summary>
    [JSInvokable]
    public async Task More(string place, double cardHeight)
    {
        if (!WireNames.TryParse<Place>(place, out var known))
        {
            return;
        }

        var (pile, filter) = (At(known), _filter);
        pile.CardHeight = cardHeight;
        if (pile.Next is { } after && pile.ShowsEnd)
        {
            var page = pile.Place.AsStage() is { } stage
                ? await Session.Send(new GetBoardColumn.Query(stage, filter, new PageRequest(Pile.PageSize, after)), Channel.Board)
                : await Session.Send(StripPage(pile, after));
            if (page.Ok && filter == _filter)
            {
                pile.Append(page.Value);
            }
        }
        else
        {
            pile.Onward();
        }

        StateHasChanged();
    }

    /// <summary>The upper end of what is drawn came near.</summary>
    [JSInvokable]
    public void Back(string place)
    {
        if (WireNames.TryParse<Place>(place, out var known))
        {
            At(known).Backward();
            StateHasChanged();
        }
    }

    /// <summary>"Move to…" of the focused card.</summary>
    [JSInvokable]
    public async Task Menu(string id)
    {
        if (Find(id) is { } deal && _flow is { InHand: false })
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
