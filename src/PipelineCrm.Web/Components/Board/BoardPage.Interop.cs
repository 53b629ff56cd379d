using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Moves;

namespace PipelineCrm.Web.Components.Board;

/// <summary>Requests of the board's script. The browser follows the pointer by itself; it asks once for the verdicts and reports the drop
/// once.</summary>
public sealed partial class BoardPage
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _hands;
    private DotNetObjectReference<BoardPage>? _self;
    private MoveFlow? _flow;
    private string? _beside;
    private DealView? _moving;
    private (DealView Deal, IReadOnlyList<Verdict> Moves)? _menu;
    private (DealId Id, ExplainMoves.Answer Answer)? _explained;

    private string _watched = "";
    private bool _left;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Start();
            await TakeHands();
        }

        if (_left || _hands is null)
        {
            return;
        }

        // New columns have ends to watch.
        var columns = string.Concat(_columns.Select(column => column.IsStrip && !column.Open ? '-' : '+'));
        if (columns != _watched)
        {
            _watched = columns;
            await _hands.InvokeVoidAsync("watch");
        }

        if (_show is { } place)
        {
            _show = null;
            await _hands.InvokeVoidAsync("show", place.ToWire());
        }
    }

    private async Task TakeHands()
    {
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Board/BoardPage.razor.js");
        _self = DotNetObjectReference.Create(this);
        _hands = await _module.InvokeAsync<IJSObjectReference>(
            "start", _element, _self,
            new { lifted = L["Lifted"].Value, over = L["OverPlace"].Value, back = L["PutBack"].Value, lands = L["LandsHere"].Value });
        if (_left)
        {
            // The page was left while they were on their way.
            await DisposeAsync();
        }
    }

    /// <summary>A card was pressed: how each column would answer.</summary>
    [JSInvokable]
    public async Task<IReadOnlyList<ColumnVerdict>> Lifted(string id)
    {
        _held = true;
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

    private ColumnVerdict SignOf(DealView deal, Place place, ExplainMoves.Answer answer)
    {
        if (place == deal.Position.Place)
        {
            return new ColumnVerdict(place.ToWire(), null, L["LiftedHere"], L["EscReturns"]);
        }

        var verdict = Known(answer, place);
        return new ColumnVerdict(place.ToWire(), (verdict?.Result ?? VerdictKind.Refused).ToWire(), Words.Title(verdict),
            Words.Line(verdict, deal, place));
    }

    private static Verdict? Known(ExplainMoves.Answer answer, Place place) =>
        answer.Moves.FirstOrDefault(verdict => verdict.To == place && verdict.Kind is not (MoveKind.Repurchase or MoveKind.Refer));

    /// <summary>The end of a column came near. True: there is more of it now.</summary>
    [JSInvokable]
    public async Task<bool> More(string place, double cardHeight)
    {
        if (!WireNames.TryParse<Place>(place, out var known))
        {
            return false;
        }

        var (column, filter) = (At(known), _filter);
        column.CardHeight = cardHeight;
        if (column.Next is { } after && column.ShowsEnd)
        {
            var page = await NextPage(column, filter, after);
            if (!page.Ok || filter != _filter)
            {
                return false;
            }

            column.Append(page.Value);
        }
        else
        {
            column.Onward();
        }

        StateHasChanged();
        return true;
    }

    private async Task<Result<Page<DealView>>> NextPage(ColumnState column, BoardFilter filter,
        string after) => column.Place.AsStage() is { } stage
        ? await Session.Send(new GetBoardColumn.Query(stage, filter, new PageRequest(ColumnState.PageSize, after)), Channel.Board)
        : await Session.Send(ClosedPage(column, after), Channel.Board);

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
            if (!explained.Ok)
            {
                Toasts.Failed(explained.Problem.Message);
                return;
            }

            _menu = (explained.Value.Version == deal.Version ? deal : await CatchUp(deal), explained.Value.Moves);
            StateHasChanged();
        }
    }

    /// <summary>Somebody changed the deal since it was drawn: the card goes where it is now.</summary>
    private async Task<DealView> CatchUp(DealView deal)
    {
        var now = (await Session.Send(new GetDeal.Query(deal.Id), Channel.Board)).Value ?? deal;
        _state.Settle(now);
        await Refresh();
        return now;
    }

    private void Chosen(Verdict verdict)
    {
        var deal = _menu!.Value.Deal;
        _menu = null;
        Begin(new MoveRequest(deal, verdict.Kind, verdict.To!.Value, Channel.Board, null, verdict),
            lay: verdict.Result != VerdictKind.Refused);
    }

    public async ValueTask DisposeAsync()
    {
        _left = true;
        if (Jobs.Page == this)
        {
            Jobs.Page = null;
        }

        _leaving.TrySetResult();
        _subscription?.Dispose();
        if (_hands is { } hands)
        {
            await ComponentScript.UnlessGone(() => hands.InvokeVoidAsync("stop").AsTask());
            await ComponentScript.Release(hands);
        }

        await ComponentScript.Release(_module);
        _self?.Dispose();
    }

    /// <summary>What a column says while a card is lifted.</summary>
    /// <param name="Verdict">The verdict's wire name; null where the card was lifted from.</param>
    public sealed record ColumnVerdict(string Place, string? Verdict, string Title, string Line);
}
