using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>Asks for exactly the fields that a move still needs, filled with what is known.</summary>
public sealed partial class MoveFieldsDialog
{
    private IReadOnlyList<string> _asked = [];
    private readonly HashSet<string> _missing = [];
    private Dictionary<string, string> _unmet = [];
    private IReadOnlyList<Choice> _sources = [];
    private IReadOnlyList<Choice> _owners = [];
    private IReadOnlyList<Choice> _reasons = [];
    private Verdict? _seen;
    private MoneyField? _money;
    private DateField? _date;
    private decimal? _amount;
    private string _currency = "USD";
    private DateOnly? _close;
    private string? _name;
    private string? _source;
    private string? _owner;
    private string? _code;
    private string? _text;
    private bool _asksText;
    private ElementReference _form;
    private IJSObjectReference? _module;
    private bool _toMend;

    [Parameter, EditorRequired]
    public required MoveRequest Wish { get; set; }

    [Parameter, EditorRequired]
    public required Verdict Verdict { get; set; }

    /// <summary>The verdict is on values that were sent: what it does not accept is shown at its field.</summary>
    [Parameter]
    public bool Answers { get; set; }

    [Parameter]
    public Problem? Problem { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public string? Beside { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<MoveInput> OnSend { get; set; }

    [Parameter, EditorRequired]
    public EventCallback OnCancel { get; set; }

    private string Title => (Wish.Kind, MoveFormatter.Asked(Verdict.Fields).Count) switch
    {
        (MoveKind.Lose, _) => L["LoseTitle"],
        (MoveKind.Back, _) => L["BackTitle"],
        var (_, count) => L.Counted("SomeMissing", count, count, Words.Place(Wish.To)),
    };

    /// <summary>The deal in the currency that is being typed, which a threshold reads in too.</summary>
    private DealView Typed => Wish.Deal with { Currency = _currency };

    protected override void OnInitialized()
    {
        var deal = Wish.Deal;
        (_amount, _close, _name, _source, _owner) = (deal.Amount, deal.ExpectedClose, deal.Title, deal.Source, deal.OwnerId.ToString());
        _currency = deal.Currency ?? Session.Organisation.BaseCurrency;
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Verdict)
        {
            return;
        }

        // What is asked for stays asked for, so that nothing typed disappears when the answer asks for more.
        _seen = Verdict;
        _asksText |= Verdict.Fields.Contains(FieldKey.ReasonText);
        List<string> asked = [.. _asked.Union(MoveFormatter.Asked(Verdict.Fields)).Union(Wish.Kind == MoveKind.Lose ? [FieldKey.ReasonText] : [])];
        await LoadChoices(asked);
        _asked = asked;
        _unmet = Answers ? Unmet() : [];
        _toMend = _unmet.Count > 0;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_toMend)
        {
            return;
        }

        _toMend = false;
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./Components/Moves/MoveFieldsDialog.razor.js");
        await _module.InvokeVoidAsync("focusWrong", _form);
    }

    private async Task LoadChoices(List<string> asked)
    {
        if (_reasons.Count == 0 && asked.Intersect([FieldKey.ReasonCode, FieldKey.Source]).Any())
        {
            var codes = await Session.Send(new ListCodes.Query());
            (_reasons, _sources) = (Choices.Of(codes.Value?.LossReasons), Choices.Of(codes.Value?.Sources));
        }

        if (_owners.Count == 0 && asked.Contains(FieldKey.OwnerId))
        {
            var people = await Session.Send(new ListUserSummaries.Query());
            _owners = Choices.OfOwners(people.Value);
        }
    }

    private Dictionary<string, string> Unmet() =>
        MoveFormatter.Asked(Verdict.Fields).ToDictionary(field => field, field => Words.Unmet(Verdict, field, Wish.To, Typed, ChoicesOf(field)));

    private string? Hint(string field) => _unmet.ContainsKey(field) ? null : Words.Hint(Verdict, field, Typed, ChoicesOf(field));

    private IReadOnlyList<Choice> ChoicesOf(string field) => field switch
    {
        FieldKey.Source => _sources,
        FieldKey.OwnerId => _owners,
        FieldKey.ReasonCode => _reasons,
        _ => [],
    };

    private bool First(string field) => _asked is [var first, ..] && first == field;

    private string? Wrong(string field) => _missing.Contains(field)
        ? Words.Give(field, Wish.To)
        : Problem.At("fields." + field) ?? Problem.At(field) ?? (field == FieldKey.Amount ? Problem.At("fields.currency") : null)
            ?? _unmet.GetValueOrDefault(field);

    private async Task Send()
    {
        _missing.Clear();
        _missing.UnionWith(_asked.Where(IsMissing));
        if (_missing.Count > 0 || _money?.Mistake is not null || _date?.Mistake is not null)
        {
            return;
        }

        var asks = _asked.ToHashSet();
        await OnSend.InvokeAsync(new MoveInput(
            new MoveFields
            {
                Amount = Sent(FieldKey.Amount, _amount),
                Currency = Sent<string?>(FieldKey.Amount, _currency),
                ExpectedClose = Sent(FieldKey.ExpectedClose, _close),
                Title = Sent(FieldKey.Title, _name),
                Source = Sent(FieldKey.Source, _source),
                OwnerId = Sent(FieldKey.OwnerId, UserId.TryParse(_owner, CultureInfo.InvariantCulture, out var owner) ? owner : (UserId?)null),
            },
            _code is null && string.IsNullOrWhiteSpace(_text) ? null : new MoveReason(_code, _text),
            null));

        Optional<T> Sent<T>(string field, T value) => asks.Contains(field) ? value : default(Optional<T>);
    }

    private bool IsMissing(string field) => field switch
    {
        FieldKey.Amount => _amount is null,
        FieldKey.ExpectedClose => _close is null,
        FieldKey.Title => string.IsNullOrWhiteSpace(_name),
        FieldKey.Source => _source is null,
        FieldKey.OwnerId => _owner is null,
        FieldKey.ReasonCode => _code is null,
        FieldKey.ReasonText => _asksText && string.IsNullOrWhiteSpace(_text),
        _ => false,
    };

    public ValueTask DisposeAsync() => ComponentScript.Release(_module);
}
