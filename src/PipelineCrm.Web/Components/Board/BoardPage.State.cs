using System.Globalization;
using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Moves;

namespace PipelineCrm.Web.Components.Board;

/// <summary>Where cards lie: at once where they were dropped, in the end where the database has them.</summary>
public sealed partial class BoardPage
{
    /// <summary>A card was dropped between two others. True: it lies there now, dim until it is confirmed.</summary>
    /// <param name="key">Under which the browser remembers the move until it is answered.</param>
    [JSInvokable]
    public bool Dropped(string id, string place, string? above, string? below, string key)
    {
        _held = false;
        if (Find(id) is not { } deal || _flow is null or { InHand: true } || !WireNames.TryParse<Place>(place, out var to))
        {
            return false;
        }

        var spot = new Neighbours(IdOf(above), IdOf(below));
        if (to == deal.Position.Place)
        {
            return Arrange(deal, spot);
        }

        var answer = _explained is { } explained && explained.Id == deal.Id && explained.Answer.Version == deal.Version ? explained.Answer
            : null;
        var known = answer is null ? null : Known(answer, to);
        var refused = answer is not null && known is null or { Result: VerdictKind.Refused };
        Begin(new MoveRequest(deal, known?.Kind ?? MoveKinds.Leading(deal.Position, to), to, Channel.Board, spot, known) { Key = key },
            lay: !refused);
        return !refused;
    }

    private static DealId? IdOf(string? text) => DealId.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Another place in the same column, at once here and then for everybody.</summary>
    private bool Arrange(DealView deal, Neighbours spot)
    {
        if (Holding(deal.Id) is not { IsStrip: false } column || spot is { Above: null, Below: null })
        {
            return false;
        }

        var before = column.NeighboursOf(deal.Id);
        column.Insert(new CardState(deal, Pending: true), spot);
        StateHasChanged();
        InBackground(async () =>
        {
            var placed = await Session.Send(new ReorderDeal.Command(deal.Id, spot.Above, spot.Below), Channel.Board);
            if (placed.Ok)
            {
                column.Replace(deal.Id, card => card with { Pending = false });
            }
            else
            {
                column.Insert(new CardState(deal), before);
                Toasts.Failed(placed.Problem.Message);
            }

            StateHasChanged();
            await CatchUp();
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
    private void Begin(MoveRequest request, bool lay)
    {
        (_moving, _beside) = (request.Deal, BesideOf(request.Deal.Id));
        if (lay)
        {
            _state.Lay(request.Deal, request.To, request.Spot);
        }

        StateHasChanged();
        InBackground(() => _flow!.Start(request));
    }

    private void Waiting(int fields) => Change(card => card with { WaitsFor = fields });

    private void Change(Func<CardState, CardState> change)
    {
        if (_moving is { } deal)
        {
            _state.Change(deal.Id, change);
        }
    }

    /// <summary>Confirmed, or taken back: the card as the database has it.</summary>
    private async Task Moved(MoveResult moved)
    {
        _moving = null;
        _state.Settle(moved.Deal);
        if (moved.Created is { } created)
        {
            At(created.Position.Place).Insert(new CardState(created), null);
        }

        await Refresh();
    }

    /// <summary>Refused, cancelled, or settled by somebody else: the card goes where the deal is.</summary>
    private async Task Returned(DealView deal)
    {
        _moving = null;
        _state.Settle(deal);
        await Refresh();
    }

    private DealView? Find(string id) => _state.Find(id);

    private static string BesideOf(DealId id) => $"[data-deal=\"{id}\"]";
}
