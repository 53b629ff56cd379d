using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Localization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>Says verdicts, conditions and places in the user's words.</summary>
internal sealed class MoveFormatter(IStringLocalizer<MoveText> texts, Formats formats)
{
    public string Place(Place place) => place.AsStage() is { } stage ? formats.StageName(stage) : texts["Place" + place];

    public string Field(string key) => texts["Field" + Name(key)];

    public string Fields(IEnumerable<string> keys) => string.Join(texts["And"], Asked(keys).Select(Field));

    /// <summary>What a form asks for: an amount is one field together with its currency.</summary>
    public static IReadOnlyList<string> Asked(IEnumerable<string> keys) =>
        [.. keys.Select(key => key == FieldKey.Currency ? FieldKey.Amount : key).Distinct()];

    /// <summary>What to do about a field that a move asks for.</summary>
    public string Give(string field, Place to) => texts["Give" + Name(field), Place(to)];

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
    public string Line(Verdict? verdict) => verdict?.Result switch
    {
        VerdictKind.Allowed => texts["Kind" + verdict.Kind],
        VerdictKind.Warned => verdict.Warnings is [{ } first, ..] ? Formats.Localized(first.Message) : texts["Kind" + verdict.Kind],
        VerdictKind.NeedsFields => Fields(verdict.Fields),
        VerdictKind.NeedsApproval => texts["ApprovalLine"],
        VerdictKind.Refused => Why(verdict),
        null => texts["Impossible"],
    };

    private string Why(Verdict verdict) => verdict.Reason switch
    {
        VerdictReason.Role => texts["NotForRole"],
        VerdictReason.SwitchedOff => texts["Off" + verdict.Kind],
        VerdictReason.Conditions => Blocking(verdict) is [{ } first, ..] ? Formats.Localized(first.Message) : texts["Blocked"],
        VerdictReason.Impossible or VerdictReason.None => texts["Impossible"],
    };

    /// <summary>Whose deal it is and who may move it.</summary>
    public string NotYours(DealView deal, Role reader) => texts[reader == Role.Viewer ? "NotYoursToRead" : "NotYours", deal.OwnerName];

    /// <summary>Why a move that no fact can make possible is refused, as a whole sentence.</summary>
    public string Closed(Verdict verdict, DealView deal) => (verdict.Reason, deal.Outcome) switch
    {
        (VerdictReason.SwitchedOff, _) => texts["OffSentence" + verdict.Kind],
        (VerdictReason.Role, _) => texts["NotForRoleSentence"],
        (_, Outcome.Completed) => texts["ImpossibleCompleted"],
        (_, Outcome.Lost) => texts["ImpossibleLost", formats.StageName(deal.Stage)],
        (_, Outcome.Open) when verdict.To == Domain.Place.Completed => texts["ImpossibleComplete", formats.StageName(Stage.PostPurchase)],
        (_, Outcome.Open) => texts["ImpossibleSentence"],
    };

    /// <summary>The conditions that are in the way, one per line of the refusal.</summary>
    public static IReadOnlyList<ConditionResult> Blocking(Verdict verdict) =>
        [.. verdict.Conditions.Where(one =>
            one.Mode == RequirementMode.Block && one.Result != Truth.True && one.RuleResult != Truth.True && !verdict.Overridden.Contains(one.Rule))];

    /// <summary>What a field's value has to be, shown before it is typed; null where any value will do.</summary>
    public string? Hint(Verdict verdict, string field, DealView deal, IReadOnlyList<Choice> choices)
    {
        var wanted = verdict.Conditions.Where(one => one.Mode == RequirementMode.Block && !verdict.Overridden.Contains(one.Rule) && IsOf(one, field)
            && one.Operator != Operator.Filled && (one.Result == Truth.True || one.RuleResult != Truth.True)).ToList();
        return wanted.Count == 0 ? null : texts["HintWanted", Wanted(wanted, deal, choices)].Value;
    }

    /// <summary>Why a field's value is not accepted: what is wanted, what was found, and what the rule says.</summary>
    public string Unmet(Verdict verdict, string field, Place to, DealView deal, IReadOnlyList<Choice> choices)
    {
        var all = Blocking(verdict).Where(one => IsOf(one, field)).ToList();
        var says = string.Join(" ", all.Select(one => Formats.Localized(one.Message)).Distinct());
        return all.Where(one => one.Operator != Operator.Filled).ToList() is [_, ..] unmet
            ? texts["UnmetValue", Wanted(unmet, deal, choices), string.Join(texts["And"], unmet.Select(one => Found(one, deal, choices)).Distinct()), says]
            : says.Length > 0 ? says : Give(field, to);
    }

    private static bool IsOf(ConditionResult one, string field) => Asked([one.Field]).Contains(field);

    private string Wanted(IEnumerable<ConditionResult> conditions, DealView deal, IReadOnlyList<Choice> choices) =>
        string.Join(texts["And"], conditions.Select(one => one.Field == FieldKey.Currency ? texts["WantedOf", Field(one.Field), Wanted(one, deal)] : Wanted(one, deal, choices)).Distinct());

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
        one is { Operator: Operator.WithinLast or Operator.WithinNext, Wanted: { ValueKind: JsonValueKind.Number } days } ? days.GetDecimal() : 0;

    /// <param name="choices">What codes and ids are called; without them they are shown as they are.</param>
    private string Value(JsonElement value, string field, DealView deal, IReadOnlyList<Choice>? choices) => value.ValueKind switch
    {
        JsonValueKind.Number when field is FieldKey.Amount or FieldKey.Payments && deal.Currency is { } currency => Formats.Money(value.GetDecimal(), currency),
        JsonValueKind.Number => Formats.Number(value.GetDecimal()),
        JsonValueKind.True => texts["Yes"],
        JsonValueKind.False => texts["No"],
        JsonValueKind.Array => string.Join(texts["And"], value.EnumerateArray().Select(part => Value(part, field, deal, choices))),
        JsonValueKind.String when DateOnly.TryParseExact(value.GetString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) => formats.Day(day),
        JsonValueKind.String => choices?.FirstOrDefault(choice => choice.Value == value.GetString())?.Text ?? value.GetString() ?? "",
        JsonValueKind.Object when value.TryGetProperty("field", out var other) => Field(other.GetString() ?? ""),
        JsonValueKind.Object or JsonValueKind.Null or JsonValueKind.Undefined => texts["Nothing"],
    };

    /// <summary>A field's key as it stands in the names of texts: <c>reason.code</c> is ReasonCode.</summary>
    private static string Name(string key) => string.Concat(key.Split('.').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
