using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>Says verdicts, conditions and places in the user's words.</summary>
internal sealed class MoveFormatter(IStringLocalizer<MoveText> texts, Formats formats, Session session, FactFormatter facts)
{
    public string Place(Place place) => place.AsStage() is { } stage ? formats.StageName(stage) : texts["Place" + place];

    public string Field(string key) => facts.Name(key);

    /// <summary>Those of the fields that have a name.</summary>
    public IEnumerable<string> Known(IEnumerable<string> keys) => keys.Where(key => session.Fact(key) is not null);

    public string Fields(IEnumerable<string> keys) => string.Join(texts["And"], Asked(keys).Select(Field));

    /// <summary>What a form asks for: an amount is one field together with its currency.</summary>
    public static IReadOnlyList<string> Asked(IEnumerable<string> keys) =>
        [.. keys.Select(key => key == FieldKey.Currency ? FieldKey.Amount : key).Distinct()];

    /// <summary>What to do about a field that a move asks for.</summary>
    public string Give(string field, Place to) => session.Fact(field) is not { } fact ? field
        : fact.Bringable && field is not (FieldKey.ReasonCode or FieldKey.ReasonText) ? texts["GiveTo", facts.Ask(fact), Place(to)]
            : texts["Give", facts.Ask(fact)];

    public string Roles(IEnumerable<Role> roles) => string.Join(texts["And"], roles.Select(role => texts["Role" + role].Value));

    /// <summary>A verdict in two or three words.</summary>
    public string Title(Verdict? verdict) => verdict?.Result switch
    {
        VerdictKind.Allowed => texts["Allowed"],
        VerdictKind.Warned => texts["Warned"],
        VerdictKind.NeedsFields => texts.Counted("Needs", Asked(verdict.Fields).Count),
        VerdictKind.NeedsApproval => texts["NeedsApproval"],
        VerdictKind.Refused when verdict.Reason == VerdictReason.Conditions => texts["NotYet"],
        VerdictKind.Refused when verdict.Reason is VerdictReason.SwitchedOff or VerdictReason.Role => texts["NotAllowed"],
        VerdictKind.Refused or null => texts["Refused"],
    };

    /// <summary>One line why.</summary>
    public string Line(Verdict? verdict) => verdict is null ? texts["NotFromHere"] : verdict.Result switch
    {
        VerdictKind.Allowed => texts["Kind" + verdict.Kind],
        VerdictKind.Warned => verdict.Warnings is [{ } first, ..] ? Formats.Localized(first.Message) : texts["Kind" + verdict.Kind],
        VerdictKind.NeedsFields => Fields(verdict.Fields),
        VerdictKind.NeedsApproval => texts["ApprovalLine"],
        VerdictKind.Refused => Why(verdict),
    };

    /// <summary>One line why this deal may, or may not, go to a place.</summary>
    public string Line(Verdict? verdict, DealView deal, Place to) =>
        verdict is null or { Result: VerdictKind.Refused, Reason: VerdictReason.Impossible } ? Impossible(deal, to) : Line(verdict);

    private string Why(Verdict verdict) => verdict.Reason switch
    {
        VerdictReason.Role => texts["NotForRole"],
        VerdictReason.SwitchedOff => texts["Off" + verdict.Kind],
        VerdictReason.Conditions => verdict.Stopping is [{ } first, ..] ? Formats.Localized(first.Message) : texts["Blocked"],
        VerdictReason.Impossible or VerdictReason.None => texts["NotFromHere"],
    };

    /// <summary>What to do, as the button says it.</summary>
    public string Do(Remedy remedy) => remedy switch
    {
        { IsQuote: true } => texts["DoQuote"],
        { Outstanding: { } missing } => texts["DoPaymentOf", Formats.Money(missing.Amount, missing.Currency)],
        { IsPayment: true } => texts["DoPayment"],
        { Field: FieldKey.DecisionMakers } => texts["DoDecisionMaker"],
        { IsContact: true } => texts["DoContact"],
        { Field: var field } => texts["DoField", Field(field)],
    };

    /// <summary>What an undo took back.</summary>
    public string Undone(MoveResult undone) => undone switch
    {
        { Deal.Void: true } => texts["NeverOpened"],
        // Repurchase and refer leave their deal where it is: what they opened is gone.
        { Transition: { From: { } from, To: var to } } when from == to => texts["FollowerNeverOpened"],
        { Transition.From: { } from, Deal.Position.Place: var place } => texts["Undone", Place(place), Place(from)],
        { Deal.Position.Place: var place } => texts["Reopened", Place(place)],
    };

    /// <summary>Whose deal it is and who may move it.</summary>
    public string NotYours(DealView deal, Role reader) => texts[reader == Role.Viewer ? "NotYoursToRead" : "NotYours", deal.OwnerName];

    /// <summary>Why a move that no fact can make possible is refused, as a whole sentence.</summary>
    public string Closed(Verdict verdict, DealView deal) => verdict.Reason switch
    {
        VerdictReason.SwitchedOff => texts["OffSentence" + verdict.Kind],
        VerdictReason.Role => texts["NotForRoleSentence"],
        _ => Impossible(deal, verdict.To ?? deal.Position.Place),
    };

    private string Impossible(DealView deal, Place to) => deal.Outcome switch
    {
        Outcome.Completed => texts["ImpossibleCompleted"],
        Outcome.Lost => texts["ImpossibleLost", formats.StageName(deal.Stage)],
        Outcome.Open when to == Domain.Place.Completed => texts["ImpossibleComplete", formats.StageName(Stage.PostPurchase)],
        Outcome.Open => texts["ImpossibleSentence", Place(deal.Position.Place), Place(to)],
    };

    /// <summary>What a field's value has to be, shown before it is typed; null where any value will do.</summary>
    public string? Hint(Verdict verdict, string field, DealView deal, IReadOnlyList<Choice> choices)
    {
        var wanted = verdict.Conditions.Where(
            one => one.Mode == RequirementMode.Block && !verdict.Overridden.Contains(one.Rule) && IsOf(one, field)
            && one.Operator != Operator.Filled && (one.Result == Truth.True || one.RuleResult != Truth.True)).ToList();
        return wanted.Count == 0 ? null : texts["HintWanted", Wanted(wanted, deal, choices)].Value;
    }

    /// <summary>Why a field's value is not accepted: what is wanted, what was found, and what the rule says.</summary>
    public string Unmet(Verdict verdict, string field, Place to, DealView deal, IReadOnlyList<Choice> choices)
    {
        var all = verdict.Stopping.Where(one => IsOf(one, field)).ToList();
        var says = string.Join(" ", all.Select(one => Formats.Localized(one.Message)).Distinct());
        return all.Where(one => one.Operator != Operator.Filled).ToList() is [_, ..] unmet
            ? texts["UnmetValue", Wanted(unmet, deal, choices),
                string.Join(texts["And"], unmet.Select(one => Found(one, deal, choices)).Distinct()), says]
            : says.Length > 0 ? says : Give(field, to);
    }

    /// <summary>Why a field is asked for: in the rule's own words, or plainly.</summary>
    public string Asks(Verdict verdict, string field)
    {
        var says = string.Join(" ",
            verdict.Stopping.Where(one => IsOf(one, field)).Select(one => Formats.Localized(one.Message)).Distinct());
        return says.Length > 0 ? says : Give(field, verdict.To!.Value);
    }

    /// <summary>What is in the way, a sentence a rule; where no rule is, why the move is not there at all.</summary>
    public IEnumerable<string> Reasons(Verdict verdict) =>
        verdict.Stopping.Select(one => Formats.Localized(one.Message)).DefaultIfEmpty(Line(verdict)).Distinct();

    private static bool IsOf(ConditionResult one, string field) => Asked([one.Field]).Contains(field);

    private string Wanted(IEnumerable<ConditionResult> conditions, DealView deal, IReadOnlyList<Choice> choices) =>
        string.Join(texts["And"], conditions.Select(one => one.Field == FieldKey.Currency
            ? texts["WantedOf", Field(one.Field), Wanted(one, deal)] : Wanted(one, deal, choices)).Distinct());

    public string Found(ConditionResult one, DealView deal, IReadOnlyList<Choice>? choices = null) => one switch
    {
        { Result: Truth.Unknown } => texts["NotKnown"],
        { Found: null } => texts["Nothing"],
        { Found: { } found } => Value(found, one.Field, deal, choices),
    };

    public string Wanted(ConditionResult one, DealView deal, IReadOnlyList<Choice>? choices = null) => texts[
        Plurals.KeyOf("Op" + char.ToUpperInvariant(one.Operator[0]) + one.Operator[1..], Days(one)),
        one.Wanted is { } wanted ? Value(wanted, one.Field, deal, choices) : ""];

    /// <summary>The number of days that a condition counts; zero for one that counts none.</summary>
    private static decimal Days(ConditionResult one) =>
        one is { Operator: Operator.WithinLast or Operator.WithinNext, Wanted: { ValueKind: JsonValueKind.Number } days }
            ? days.GetDecimal() : 0;

    /// <param name="choices">What codes and ids are called; without them they are shown as they are.</param>
    private string Value(JsonElement value, string field, DealView deal, IReadOnlyList<Choice>? choices) => value.ValueKind switch
    {
        JsonValueKind.Number when field is FieldKey.Amount or FieldKey.Payments
            && deal.Currency is { } currency => Formats.Money(value.GetDecimal(), currency),
        JsonValueKind.Number => Formats.Number(value.GetDecimal()),
        JsonValueKind.True => texts["Yes"],
        JsonValueKind.False => texts["No"],
        JsonValueKind.Array => string.Join(texts["And"], value.EnumerateArray().Select(part => Value(part, field, deal, choices))),
        JsonValueKind.String when DateOnly.TryParseExact(value.GetString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out var day) => formats.Day(day),
        JsonValueKind.String => choices?.FirstOrDefault(choice => choice.Value == value.GetString())?.Text ?? Said(field, value),
        JsonValueKind.Object when value.TryGetProperty("field", out var other) => Field(other.GetString() ?? ""),
        JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined => texts["Nothing"],
    };

    private string Said(string field, JsonElement value) =>
        session.Fact(field) is { Type: FactType.Choice or FactType.Choices } fact ? facts.ChoiceName(fact, value.GetString()!)
            : value.GetString()!;
}
