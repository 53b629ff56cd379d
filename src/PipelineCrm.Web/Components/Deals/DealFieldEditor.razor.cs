using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Deals;

public sealed partial class DealFieldEditor
{
    /// <summary>Focus that moves from one control of the form to the next does not leave it.</summary>
    private static readonly TimeSpan FocusMoves = TimeSpan.FromMilliseconds(150);

    private ElementReference _form;
    private IJSObjectReference? _module;
    private string? _text;
    private IReadOnlyList<Choice> _owners = [];
    private decimal? _amount;
    private string _currency = "";
    private DateOnly? _day;
    private MoneyField? _money;
    private DateField? _date;
    private Problem? _problem;
    private ConflictDetail? _conflict;
    private DealView? _now;
    private string _theirs = "";
    private FormDraft? _draft;
    private bool _busy;
    private bool _left;
    private bool _done;

    [Parameter, EditorRequired]
    public required DealView Deal { get; set; }

    /// <summary>One of <see cref="FieldKey.OfMove"/>.</summary>
    [Parameter, EditorRequired]
    public required string Field { get; set; }

    [Parameter]
    public Codes? Codes { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<DealView> OnSaved { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClose { get; set; }

    private string? Wrong => _problem.At("fields." + Field) ?? _problem.At(Field);

    private IReadOnlyList<Choice> Sources => Choices.Of(Codes?.Sources, Deal.Source);

    private bool Changed => Field switch
    {
        FieldKey.Amount => _amount != Deal.Amount || (_amount is not null && _currency != Deal.Currency),
        FieldKey.ExpectedClose => _day != Deal.ExpectedClose,
        _ => _text != TextOf(Deal),
    };

    protected override async Task OnInitializedAsync()
    {
        (_amount, _day, _text) = (Deal.Amount, Deal.ExpectedClose, TextOf(Deal));
        _currency = Deal.Currency ?? Session.Organisation.BaseCurrency;
        if (Field == FieldKey.OwnerId)
        {
            _owners = [new Choice(Deal.OwnerId.ToString(), Deal.OwnerName)];
            await LoadOwners();
        }
    }

    /// <summary>Only who may be chosen, and who it is now.</summary>
    private async Task LoadOwners()
    {
        var people = await Session.Send(new ListUserSummaries.Query());
        _problem = people.Problem;
        _owners = [.. _owners.Concat(Choices.OfOwners(people.Value)).DistinctBy(choice => choice.Value)];
    }

    private string? TextOf(DealView deal) => Field switch
    {
        FieldKey.Source => deal.Source,
        FieldKey.OwnerId => deal.OwnerId.ToString(),
        _ => deal.Title,
    };

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Deals/DealFieldEditor.razor.js");
            await _module.InvokeVoidAsync("focus", _form);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _done = true;
        await ComponentScript.Release(_module);
    }

    private async Task Key(KeyboardEventArgs key)
    {
        if (key.Key == "Escape")
        {
            _done = true;
            await _draft!.Drop();
            await OnClose.InvokeAsync();
        }
    }

    private async Task Left()
    {
        _left = true;
        await Task.Delay(FocusMoves);
        if (_left && !_done && _conflict is null && _problem is null)
        {
            await Save();
        }
    }

    private Task Save() => Changed ? Save(Deal.Version) : Unread ? Task.CompletedTask : OnClose.InvokeAsync();

    private bool Unread => _money?.Mistake is not null || _date?.Mistake is not null;

    private async Task Save(long version)
    {
        if (_busy || _done || Unread)
        {
            return;
        }

        _busy = true;
        var result = await Session.Send(new UpdateDeal.Command(Deal.Id, version, Fields()));
        if (result.Problem?.Detail is ConflictDetail { Changed: "fields" } elsewhere && !elsewhere.Fields.Any(Mine))
        {
            result = await Session.Send(new UpdateDeal.Command(Deal.Id, elsewhere.Version, Fields()));
        }

        (_problem, _busy) = (result.Problem, false);
        if (result.Ok)
        {
            _done = true;
            await _draft!.Drop();
            await OnSaved.InvokeAsync(result.Value);
        }
        else if (result.Problem.Detail is ConflictDetail conflict)
        {
            await Ask(conflict);
        }
    }

    /// <summary>Shows what stands there now beside what was typed. A move meanwhile does not touch this field.</summary>
    private async Task Ask(ConflictDetail conflict)
    {
        var now = await Session.Send(new GetDeal.Query(Deal.Id));
        (_problem, _now) = (now.Problem, now.Value);
        if (_now is not null)
        {
            (_conflict, _theirs) = (conflict, ValueOf(_now));
        }
    }

    private async Task KeepTheirs()
    {
        _done = true;
        await OnSaved.InvokeAsync(_now!);
    }

    private bool Mine(string field) => field == Field || (Field == FieldKey.Amount && field == FieldKey.Currency);

    private string ValueOf(DealView deal) => Field switch
    {
        FieldKey.Amount => deal is { Amount: { } amount, Currency: { } currency } ? Formats.Money(amount, currency) : S["NoAmount"],
        FieldKey.ExpectedClose => deal.ExpectedClose is { } day ? Formats.FullDay(day) : S["NoCloseDate"],
        FieldKey.Source => deal.Source ?? L["NotKnown"],
        FieldKey.OwnerId => deal.OwnerName,
        _ => deal.Title,
    };

    private MoveFields Fields() => Field switch
    {
        FieldKey.Amount => new MoveFields { Amount = _amount, Currency = new Optional<string?>(true, _amount is null ? null : _currency) },
        FieldKey.ExpectedClose => new MoveFields { ExpectedClose = new Optional<DateOnly?>(true, _day) },
        FieldKey.OwnerId => new MoveFields { OwnerId = new Optional<UserId?>(true, UserId.TryParse(_text, CultureInfo.InvariantCulture, out var owner) ? owner : null) },
        FieldKey.Source => new MoveFields { Source = new Optional<string?>(true, _text) },
        _ => new MoveFields { Title = new Optional<string?>(true, _text) },
    };
}
