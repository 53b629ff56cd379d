using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Localization;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Rules;

/// <summary>A piece of a sentence.</summary>
public readonly record struct SentencePart(string Text, bool Strong = false);

/// <summary>Rules as sentences in the user's language.</summary>
public sealed partial class RuleFormatter(IStringLocalizer texts, Formats formats, IReadOnlyList<RuleField> fields)
{
    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    public IReadOnlyList<SentencePart> Of(ScopedRule rule)
    {
        var needs = Group(rule.Requirement.All, rule.Requirement.Any);
        var where = Part(PlaceName(rule.Scope), true);
        List<SentencePart> sentence = [.. Compose($"{rule.Scope.Kind}Needs", where, needs)];
        if (rule.Requirement.Mode == RequirementMode.Block && rule.Requirement.OverrideBy.Count > 0)
        {
            sentence.AddRange(Compose("MayOverride", Part(Roles(rule.Requirement.OverrideBy))));
        }

        return sentence;
    }

    /// <summary>A condition, or a group of them.</summary>
    public string Text(Condition condition) =>
        string.Concat((condition.Field is null ? Group(condition.All, condition.Any) : Leaf(condition)).Select(part => part.Text));

    /// <summary>Null where the stage has no longest time.</summary>
    public IReadOnlyList<SentencePart>? OfTime(Stage stage, StageRules rules) => rules switch
    {
        { MaxDays: null } => null,
        { MaxDays: { } days, WarnDays: { } warn } => Compose(Plurals.KeyOf("StaysWarn", days), Part(formats.StageName(stage), true),
            Part(Number(days)), Part(Number(warn))),
        { MaxDays: { } days } => Compose(Plurals.KeyOf("Stays", days), Part(formats.StageName(stage), true), Part(Number(days))),
    };

    public IReadOnlyList<SentencePart> OfMove(PathStep step, MoveRule? row) => row is null
        ? Compose("MoveOff", Part(StepName(step), true))
        : Compose("MoveOn", Part(StepName(step), true), Part(Roles(row.Roles)));

    public string StepName(PathStep step) => step switch
    {
        { Kind: MoveKind.Repurchase or MoveKind.Refer } => texts["StepOpens", KindName(step.Kind), PlaceName(step.From!.Value.Place)],
        { Kind: MoveKind.Reopen } => texts["StepReopens", PlaceName(step.To)],
        { From: null } => texts["Step", texts["New"], PlaceName(step.To)],
        { From: { } from } => texts["Step", PlaceName(from.Place), PlaceName(step.To)],
    };

    public string PlaceName(Place place) => place.AsStage() is { } stage ? formats.StageName(stage) : texts["Place" + place];

    public string PlaceName(RuleScope place) => place.Stage is { } stage ? formats.StageName(stage) : KindName(place.Move!.Value);

    public string KindName(MoveKind kind) => texts["Kind" + kind];

    public string FieldName(string key) =>
        fields.FirstOrDefault(one => one.Key == key)?.Name is { } name
            ? (Chinese ? name.Chinese : name.En) is { Length: > 0 } words ? words : name.En : key;

    public string Roles(IEnumerable<Role> roles) =>
        string.Join(texts["ListComma"], roles.Order().Select(role => texts["Role" + role].Value));

    public string Operator(string op) => texts["Op." + op];

    public static string ChoiceName(RuleChoice choice) => Chinese ? choice.NameZh : choice.NameEn;

    public static string IconOf(RequirementMode mode) => mode switch
    {
        RequirementMode.Block => "lock",
        RequirementMode.Warn => "alert",
        RequirementMode.Shadow => "eye",
    };

    private List<SentencePart> Group(IReadOnlyList<Condition>? all, IReadOnlyList<Condition>? any)
    {
        var sentence = new List<SentencePart>();
        foreach (var condition in all ?? any ?? [])
        {
            if (sentence.Count > 0)
            {
                sentence.Add(new(texts[all is not null ? "And" : "Or"], true));
            }

            sentence.AddRange(condition.Field is null
                ? [new(texts["Open"]), .. Group(condition.All, condition.Any), new(texts["Shut"])]
                : Leaf(condition));
        }

        return sentence;
    }

    private List<SentencePart> Leaf(Condition leaf)
    {
        var field = fields.FirstOrDefault(one => one.Key == leaf.Field);
        var op = (field?.Type, leaf.Op) switch
        {
            (FactType.Count, Domain.Operator.Filled) => "filledCount",
            (FactType.Count, Domain.Operator.Empty) => "emptyCount",
            (_, Domain.Operator.WithinLast or Domain.Operator.WithinNext)
                when leaf.Value is { ValueKind: JsonValueKind.Number } days => Plurals.KeyOf(leaf.Op!, days.GetDecimal()),
            _ => leaf.Op,
        };
        return Compose("Says." + op, Part(FieldName(leaf.Field!)), Part(First(field, leaf.Value)), Part(Second(field, leaf.Value)));
    }

    private string First(RuleField? field, JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } array
            when array.GetArrayLength() == 2 && array[0].ValueKind == JsonValueKind.Number => Value(field, array[0]),
        { ValueKind: JsonValueKind.Array } array => string.Join(texts["ListComma"],
            array.EnumerateArray().Select(one => Value(field, one))),
        { } one => Value(field, one),
        null => "",
    };

    private string Second(RuleField? field, JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() == 2 ? Value(field, array[1]) : "";

    private string Value(RuleField? field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.TryGetProperty("field", out var other) => FieldName(other.GetString() ?? ""),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => Number(number),
        JsonValueKind.String
            when field?.Choices?.FirstOrDefault(choice => choice.Value == value.GetString()) is { } choice => ChoiceName(choice),
        JsonValueKind.True or JsonValueKind.False
            when field?.Choices?.FirstOrDefault(choice => choice.Value == value.GetRawText()) is { } flag => ChoiceName(flag),
        JsonValueKind.String when field?.Type == FactType.Date
            && DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", out var day) => Formats.FullDay(day),
        JsonValueKind.String => texts["Quoted", value.GetString()!],
        _ => value.GetRawText(),
    };

    private static string Number(decimal number) => Formats.Number(number);

    private static SentencePart[] Part(string text, bool strong = false) => [new(text, strong)];

    /// <summary>A text with {0}, {1} … with parts in their places.</summary>
    private List<SentencePart> Compose(string key, params IReadOnlyList<SentencePart>[] arguments)
    {
        var sentence = new List<SentencePart>();
        foreach (var piece in Holes().Split(texts[key].Value).Where(piece => piece.Length > 0))
        {
            if (piece is ['{', var digit, '}'])
            {
                sentence.AddRange(arguments[digit - '0'].Where(part => part.Text.Length > 0));
            }
            else
            {
                sentence.Add(new(piece));
            }
        }

        return sentence;
    }

    [GeneratedRegex(@"(\{[0-9]\})")]
    private static partial Regex Holes();
}
