using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Components.Notifications;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

public sealed partial class MoveFlow
{
    private Step _step;
    private MoveRequest? _wish;
    private Verdict? _verdict;
    private Problem? _problem;
    private ConflictDetail? _conflict;
    private MoveInput _sent = MoveInput.Plain;
    private long _transition;
    private IReadOnlyList<string> _changed = [];
    private bool _busy;

    private enum Step
    {
        None = 0,
        Fields = 1,
        Refused = 2,
        Conflict = 3,
        Undo = 4,
    }

    [Inject]
    private Session Session { get; set; } = null!;

    [Inject]
    private Drafts Drafts { get; set; } = null!;

    [Inject]
    private UnconfirmedMoves Unconfirmed { get; set; } = null!;

    [Inject]
    private UndoStack Undos { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    [Inject]
    private Toasts Toasts { get; set; } = null!;

    [Inject]
    private MoveFormatter Words { get; set; } = null!;

    [Inject]
    private IStringLocalizer<MoveText> L { get; set; } = null!;

    /// <summary>Where an undo is asked for; a move says so itself.</summary>
    [Parameter]
    public Channel Channel { get; set; } = Channel.Board;

    /// <summary>The selector of what the dialogs open beside.</summary>
    [Parameter]
    public string? Beside { get; set; }

    /// <summary>The move or its undo was accepted.</summary>
    [Parameter, EditorRequired]
    public EventCallback<MoveResult> OnMoved { get; set; }

    /// <summary>It came to nothing: the deal is where it was, or where somebody else put it.</summary>
    [Parameter, EditorRequired]
    public EventCallback<DealView> OnReturned { get; set; }

    /// <summary>Fields are being asked for: how many.</summary>
    [Parameter]
    public EventCallback<int> OnWaiting { get; set; }

    /// <summary>Something is to be filled in first; unset: on the deal's page.</summary>
    [Parameter]
    public EventCallback<Remedy> OnRemedy { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    public bool InHand => _step != Step.None || _busy;

    protected override void OnInitialized() => Undos.Page = this;

    /// <summary>A move that the last page did not live to see answered: what became of it is said now.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || await Unconfirmed.Take() is not { } left)
        {
            return;
        }

        var to = Words.Place(WireNames.TryParse<Place>(left.To, out var place) ? place : default);
        switch (await Unconfirmed.WasSaved(left))
        {
            case true:
                Toasts.Done(L["WasSaved", to], subject: left.Title);
                break;
            case false:
                Toasts.Failed(L["WasNotSaved", left.Title, to]);
                break;
            default:
                Toasts.Failed(L["MayNotBeSaved", left.Title, to]);
                break;
        }
    }

    public void Dispose()
    {
        if (Undos.Page == this)
        {
            Undos.Page = null;
        }
    }

    public async Task Start(MoveRequest request)
    {
        (_wish, _verdict, _problem, _conflict, _sent) = (request, request.Known, null, null, MoveInput.Plain);
        if (request.Known is { Result: VerdictKind.NeedsFields } known)
        {
            await Ask(known);
        }
        else
        {
            await Send(MoveInput.Plain);
        }
    }

    /// <summary>An override that was given before the fields were asked for still holds.</summary>
    private Task SendWith(MoveInput sending) => Send(sending with { Override = _sent.Override });

    private Task SendAgainst(Override reason) => Send(_sent with { Override = reason });

    private async Task Send(MoveInput sending)
    {
        if (_busy)
        {
            return;
        }

        (_busy, _sent) = (true, sending);
        var request = _wish!;
        var remembered = Unconfirmed.Remember(request);
        var result = await Session.Send(
            new MoveDeal.Command(
                request.Deal.Id, request.Kind, request.To, request.Deal.Version, sending.Fields, sending.Reason, sending.Override, null,
                request.Key,
                request.Spot?.Below, request.Spot?.Above),
            request.Channel);
        _busy = false;
        await remembered;
        _ = Unconfirmed.Forget(request);
        await (result.Ok ? Accepted(result.Value) : Answer(result.Problem));
        StateHasChanged();
    }

    private async Task Accepted(MoveResult moved)
    {
        if (_step is Step.Fields or Step.Refused or Step.Conflict)
        {
            await Drafts.Drop(Drafts.Move, _wish!.Subject);
            await Drafts.Drop(Drafts.Override, _wish.Subject);
        }

        _step = Step.None;
        await OnMoved.InvokeAsync(moved);
        var text = moved.Deal.Outcome switch
        {
            Outcome.Open => L["Moved", Words.Place(moved.Deal.Position.Place)].Value,
            Outcome.Lost => L["MovedLost"].Value,
            Outcome.Completed => L["MovedCompleted"].Value,
        };
        var warning = moved switch
        {
            { Transition.Override: not null } => L["OverriddenToo"].Value,
            { Warnings: [{ } first, ..] } => L["WarnedToo", Formats.Localized(first.Message)].Value,
            _ => "",
        };
        Undos.Made(moved.Transition.Id);
        Toasts.Done(text + warning, () => Undos.Undo(moved.Transition.Id), moved.Deal.Title);
        await GoOn(moved.Deal.Id);
    }

    /// <summary>Who has no other place goes on at the deal: its card, or where it stands on its page.</summary>
    private async Task GoOn(DealId deal)
    {
        await using var focus = await Js.InvokeAsync<IJSObjectReference>("import", "./js/focus.js");
        await focus.InvokeVoidAsync("goOn", $"[data-deal=\"{deal}\"]", ".chev [aria-current=step]");
    }

    private async Task Answer(Problem problem)
    {
        switch (problem)
        {
            case { Code: ProblemCode.MoveRefused, Detail: Verdict { Result: VerdictKind.NeedsFields } needs }:
                await Ask(needs);
                break;
            case { Code: ProblemCode.MoveRefused, Detail: Verdict refused }:
                (_verdict, _problem, _step) = (refused, null, Step.Refused);
                await OnReturned.InvokeAsync(_wish!.Deal);
                break;
            case { Code: ProblemCode.Conflict, Detail: ConflictDetail { Changed: "fields" } changed }
                when !changed.Fields.Intersect(_sent.Names).Any():
                // Only fields that this move does not send: nothing for the person to settle.
                _wish = _wish! with { Deal = _wish.Deal with { Version = changed.Version } };
                await Send(_sent);
                break;
            case { Code: ProblemCode.Conflict, Detail: ConflictDetail { Changed: "stage" } same } when same.Place == _wish!.To:
                // Both wanted the same: nothing to settle either.
                Toasts.Note(L["AlreadyThere", same.ByName ?? L["Somebody"], Words.Place(same.Place)]);
                await KeepTheirs();
                break;
            case { Code: ProblemCode.Conflict, Detail: ConflictDetail conflict }:
                (_conflict, _step) = (conflict, Step.Conflict);
                break;
            case { Code: ProblemCode.Validation } when _step is Step.Fields or Step.Refused:
                _problem = problem;
                break;
            default:
                Toasts.Failed(problem.Message);
                await GiveUp();
                break;
        }
    }

    private async Task Ask(Verdict needs)
    {
        (_verdict, _problem, _step) = (needs, null, Step.Fields);
        await OnWaiting.InvokeAsync(MoveFormatter.Asked(needs.Fields).Count);
        StateHasChanged();
    }

    private async Task GiveUp()
    {
        _step = Step.None;
        await OnReturned.InvokeAsync(_wish!.Deal);
    }

    /// <summary>The step that leads on, in place of the one that was refused.</summary>
    private async Task MoveInstead(Verdict verdict)
    {
        _step = Step.None;
        var now = await Session.Send(new GetDeal.Query(_wish!.Deal.Id));
        await Start(new MoveRequest(now.Value ?? _wish.Deal, verdict.Kind, verdict.To!.Value, _wish.Channel, Known: verdict));
    }

    /// <summary>The dialog closes, the form opens.</summary>
    private async Task Do(Remedy remedy)
    {
        var deal = _wish!.Deal;
        await GiveUp();
        if (OnRemedy.HasDelegate)
        {
            await OnRemedy.InvokeAsync(remedy);
        }
        else
        {
            Navigation.NavigateTo(remedy.AddressFor(deal));
        }
    }

    private async Task KeepTheirs()
    {
        _step = Step.None;
        var now = await Session.Send(new GetDeal.Query(_wish!.Deal.Id));
        await OnReturned.InvokeAsync(now.Value ?? _wish.Deal);
    }

    /// <summary>The same target, from where the deal stands now.</summary>
    private async Task ApplyMine()
    {
        _step = Step.None;
        var now = await Session.Send(new GetDeal.Query(_wish!.Deal.Id));
        if (!now.Ok)
        {
            await Answer(now.Problem);
            return;
        }

        if (now.Value.Position.Place == _wish.To)
        {
            await OnReturned.InvokeAsync(now.Value);
            return;
        }

        _wish = _wish with { Deal = now.Value, Kind = MoveKinds.Leading(now.Value.Position, _wish.To), Known = null };
        await Send(_sent);
    }

    /// <summary>Takes a transition back; from whatever page it was made on.</summary>
    public Task UndoAsync(long transition) => InvokeAsync(() => Undo(transition, null));

    public async Task Undo(long transition, IReadOnlyDictionary<string, UndoChoice>? resolve)
    {
        (_transition, _step) = (transition, Step.None);
        var undone = await Session.Send(new UndoTransition.Command(transition, resolve), Channel, Guid.NewGuid().ToString("N"));
        if (undone.Problem is { Code: ProblemCode.FieldsChanged, Detail: UndoDetail { Fields: { Count: > 0 } fields } })
        {
            (_changed, _step) = (fields, Step.Undo);
            StateHasChanged();
            return;
        }

        Undos.Forget(transition);
        if (undone.Ok)
        {
            await OnMoved.InvokeAsync(undone.Value);
            Toasts.Done(Words.Undone(undone.Value), subject: undone.Value.Deal.Title);
            StateHasChanged();
            await GoOn(undone.Value.Deal.Id);
        }
        else
        {
            Toasts.Failed(undone.Problem.Message);
        }
    }

    private Task UndoWith(IReadOnlyDictionary<string, UndoChoice> resolve) => Undo(_transition, resolve);
}
