using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>Asks for exactly the fields that a move still needs, filled with what is known.</summary>
public sealed partial class MoveFieldsDialog
{
    private IReadOnlyList<string> _asked = [];
    private readonly HashSet<string> _missing = [];
    private Dictionary<string, string> _unmet = [];
    private readonly Dictionary<string, FieldInput> _inputs = [];
    private IReadOnlyList<Choice> _people = [];
    private Verdict? _seen;
    private string? _code;
    private string? _text;
    private bool _asksText;

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
    private DealView Typed => Wish.Deal with
    {
        Currency = _inputs.GetValueOrDefault(FieldKey.Amount)?.Currency ?? Wish.Deal.Currency
        ?? Session.Organisation.BaseCurrency
    };

    protected override async Task OnParametersSetAsync()
    {
        if (_seen == Verdict)
        {
            return;
        }

        // What is asked for stays asked for, so that nothing typed disappears when the answer asks for more.
        _seen = Verdict;
        _asksText |= Verdict.Fields.Contains(FieldKey.ReasonText);
        List<string> asked = [.. _asked.Union(MoveFormatter.Asked(Verdict.Fields))
            .Union(Wish.Kind == MoveKind.Lose ? [FieldKey.ReasonText] : [])];
        foreach (var fact in asked.Where(field => !_inputs.ContainsKey(field)).Select(Session.Fact).OfType<FactView>()
            .Where(fact => fact.Writable))
        {
            _inputs[fact.Key] = new FieldInput(fact, Wish.Deal.Fields.TryGetValue(fact.Field, out var value) ? value : null,
                Wish.Deal.Currency, Session.Organisation.BaseCurrency);
        }

        if (_people.Count == 0 && asked.Contains(FieldKey.OwnerId))
        {
            _people = Choices.OfOwners((await Session.Send(new ListUserSummaries.Query())).Value);
        }

        _asked = asked;
        _unmet = Answers ? Unmet() : [];
    }

    private Dictionary<string, string> Unmet() =>
        MoveFormatter.Asked(Verdict.Fields)
            .ToDictionary(field => field, field => Words.Unmet(Verdict, field, Wish.To, Typed, ChoicesOf(field)));

    private string? Hint(string field) => _unmet.ContainsKey(field) ? null : Words.Hint(Verdict, field, Typed, ChoicesOf(field));

    private IReadOnlyList<Choice> ChoicesOf(string field) => Session.Fact(field) is not { } fact ? []
        : fact.ChosenFrom == ChoiceKind.Users ? _people
        : [.. (fact.Choices ?? []).Where(choice => choice.Active).Select(choice => new Choice(choice.Code, FactFormatter.Of(choice.Name)))];

    private bool First(string field) => _asked is [var first, ..] && first == field;

    private string? Wrong(string field) => _missing.Contains(field)
        ? Words.Give(field, Wish.To)
        : _inputs.GetValueOrDefault(field)?.Wrong(Problem, "fields.") ?? Problem.At(field) ?? _unmet.GetValueOrDefault(field);

    private async Task Send()
    {
        _missing.Clear();
        _missing.UnionWith(_asked.Where(IsMissing));
        if (_missing.Count > 0 || _inputs.Values.Any(input => input.Mistake is not null)
            || _inputs.Values.Any(input => input.Asks(Formats.Today)))
        {
            return;
        }

        var fields = new MoveFields();
        foreach (var input in _asked.Select(field => _inputs.GetValueOrDefault(field)).OfType<FieldInput>())
        {
            input.AddTo(fields);
        }

        await OnSend.InvokeAsync(
            new MoveInput(fields, _code is null && string.IsNullOrWhiteSpace(_text) ? null : new MoveReason(_code, _text), null));
    }

    private bool IsMissing(string field) => field switch
    {
        FieldKey.ReasonCode => _code is null,
        FieldKey.ReasonText => _asksText && string.IsNullOrWhiteSpace(_text),
        _ => _inputs.TryGetValue(field, out var input) && input.IsEmpty,
    };
}
