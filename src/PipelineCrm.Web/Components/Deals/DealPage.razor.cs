using Microsoft.AspNetCore.Components;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Timeline;
using PipelineCrm.Web.Components.Customers;
using PipelineCrm.Web.Components.Moves;
using PipelineCrm.Web.Components.Quotes;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Deals;

/// <summary>One deal: where it stands, what is still needed, what it is made of, how it came here.</summary>
public sealed partial class DealPage
{
    private const string DetailsTab = "details";
    private const string QuotesTab = "quotes";
    private const string HistoryTab = "history";

    private static readonly string[] Tabs = [DetailsTab, QuotesTab, HistoryTab];

    private DealView? _deal;
    private CustomerDetails? _customer;
    private IReadOnlyList<Verdict> _moves = [];
    private IReadOnlyList<TransitionView> _transitions = [];
    private Codes? _codes;
    private Problem? _problem;
    private MoveFlow? _flow;
    private Verdict? _follow;
    private long? _opening;
    private string? _editing;
    private string? _editNext;
    private ContactList? _contacts;
    private DealQuotes? _quotes;
    private DealPayments? _payments;
    private Remedy? _deed;
    private Guid? _shown;

    [Parameter]
    public Guid Id { get; set; }

    [Parameter]
    public string? Tab { get; set; }

    /// <summary>What of the history is shown.</summary>
    [SupplyParameterFromQuery(Name = "show")]
    public string? Show { get; set; }

    /// <summary>What is to be filled in, from a page that led here; see <see cref="Remedy"/>.</summary>
    [SupplyParameterFromQuery(Name = Remedy.Parameter)]
    public string? Do { get; set; }

    private TimelinePart Part => WireNames.TryParse<TimelinePart>(Show, out var part) ? part : TimelinePart.All;

    private string Shown => Tabs.Contains(Tab) ? Tab! : DetailsTab;

    /// <summary>Nothing moves that is archived, or whose customer is.</summary>
    private bool StandsStill => _deal?.ArchivedAt is not null || _customer?.ArchivedAt is not null;

    private string? ReasonName => _deal?.LostReason is not { } code ? null
        : _codes?.LossReasons.FirstOrDefault(known => known.Code == code) is { } known ? Formats.Localized(known.Name) : code;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown != Id)
        {
            (_shown, _deal, _follow, _opening) = (Id, null, null, null);
            (_editing, _editNext) = (null, null);
            _codes ??= (await Session.Send(new ListCodes.Query())).Value;
            await Load();
        }

        if (Do is { } field && _deal is { MayMove: true })
        {
            // Done once: coming back to this address later opens nothing.
            Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(Remedy.Parameter, (string?)null), replace: true);
            Open(field);
        }
    }

    private string AddressOf(string tab) => tab == DetailsTab ? $"/deals/{Id}" : $"/deals/{Id}/{tab}";

    private async Task Load()
    {
        var id = new DealId(Id);
        var deal = await Session.Send(new GetDeal.Query(id));
        if (!deal.Ok)
        {
            (_problem, _deal) = (deal.Problem, null);
            return;
        }

        var moves = await Session.Send(new ExplainMoves.Query(id));
        var transitions = await Session.Send(new ListTransitions.Query(id, new PageRequest(PageRequest.MaxLimit)));
        var customer = await Session.Send(new GetCustomer.Query(deal.Value.CustomerId));
        _problem = moves.Problem ?? transitions.Problem ?? customer.Problem;
        _deal = deal.Value;
        _customer = customer.Value;
        _moves = StandsStill ? [] : moves.Value?.Moves ?? [];
        _transitions = transitions.Value?.Items ?? [];
    }

    private Task Try(Verdict move)
    {
        if (move.Kind is MoveKind.Repurchase or MoveKind.Refer)
        {
            _follow = move;
            return Task.CompletedTask;
        }

        return _flow!.Start(new MoveRequest(_deal!, move.Kind, move.To ?? TargetOf(move.Kind), Channel.Page, Known: move));
    }

    private Place TargetOf(MoveKind kind) => kind switch
    {
        MoveKind.Lose => Place.Lost,
        MoveKind.Complete => Place.Completed,
        _ => _deal!.Stage.ToPlace(),
    };

    private Task Undo(TransitionView transition)
    {
        if (transition.From is null)
        {
            _opening = transition.Id;
            return Task.CompletedTask;
        }

        return _flow!.Undo(transition.Id, null);
    }

    private Task UndoOpening(long transition)
    {
        _opening = null;
        return _flow!.Undo(transition, null);
    }

    private Task Moved(MoveResult moved)
    {
        if (!moved.Deal.Void || moved.Deal.Id.Value != Id)
        {
            return Load();
        }

        Navigation.NavigateTo("/");
        return Task.CompletedTask;
    }

    private Task Returned(DealView deal) => Load();

    private void Followed(DealView created)
    {
        _follow = null;
        Toasts.Done(L["Opened"], subject: created.Title);
        Navigation.NavigateTo($"/deals/{created.Id}");
    }

    private async Task Restore()
    {
        var restored = await Session.Send(new RestoreDeal.Command(_deal!.Id, _deal.Version));
        if (restored.Ok)
        {
            Toasts.Done(L["RestoredNow"], subject: _deal.Title);
        }
        else
        {
            Toasts.Failed(restored.Problem.Message);
        }

        await Load();
    }

    private async Task Saved(DealView deal)
    {
        EditNext();
        _deal = deal;
        await Load();
    }

    /// <summary>
    /// One field at a time: the one being edited saves itself as the focus leaves it, then the next opens. Where it cannot be saved,
    /// whoever insists on the next gets it; what was typed waits as a draft.
    /// </summary>
    private void Edit(string field)
    {
        if (_editing is null || _editNext == field)
        {
            (_editing, _editNext) = (field, null);
        }
        else if (_editing != field)
        {
            _editNext = field;
        }
    }

    private void EditNext() => (_editing, _editNext) = (_editNext, null);

    /// <summary>Leads to where a missing fact is filled in: the form opens as soon as it is there.</summary>
    private void Open(string field)
    {
        var remedy = new Remedy(field);
        _deed = remedy;
        if ((remedy.IsQuote || remedy.IsPayment) && Shown != QuotesTab)
        {
            Navigation.NavigateTo(AddressOf(QuotesTab));
        }
        else if (remedy.IsOfCustomer)
        {
            Navigation.NavigateTo(remedy.AddressFor(_deal!));
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_deed is not { } remedy || _deal is null)
        {
            return;
        }

        switch (remedy)
        {
            case { IsQuote: true } when _quotes is null:
            case { IsPayment: true } when _payments is null:
            case { IsContact: true } when _contacts is null:
                return;
            case { IsQuote: true }:
                _quotes!.Open();
                break;
            case { IsPayment: true }:
                await _payments!.Open();
                break;
            case { IsContact: true }:
                _deed = null;
                await _contacts!.Add();
                return;
            default:
                if (Shown != DetailsTab && Session.Fact(remedy.Field) is { Custom: true })
                {
                    Navigation.NavigateTo(AddressOf(DetailsTab));
                }

                Edit(remedy.Field == FieldKey.Currency ? FieldKey.Amount : remedy.Field);
                break;
        }

        _deed = null;
        StateHasChanged();
    }
}
