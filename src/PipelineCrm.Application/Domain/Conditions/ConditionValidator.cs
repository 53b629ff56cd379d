using System.Globalization;
using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>Says what is wrong with conditions, of rules and of filters.</summary>
/// <param name="maxParts">How many conditions a group may hold.</param>
/// <param name="forDatabase">Whether the database is to be asked: what only a request brings and what only rules may ask are unknown
/// there.</param>
/// <param name="depth">How deep groups may stand in the outermost one.</param>
internal sealed class ConditionValidator(FactCatalog catalog, int maxParts, FactSubject subject = FactSubject.Deal,
    bool forDatabase = false, int depth = 1)
{
    public const int TextLength = 200;

    public IEnumerable<RuleIssue> Group(IReadOnlyList<Condition>? all, IReadOnlyList<Condition>? any, string path, int level = 0)
    {
        if (all is not null && any is not null)
        {
            return [new RuleIssue(path, RuleIssueKind.AllAndAny)];
        }

        var (parts, name) = all is not null ? (all, "all") : (any ?? [], "any");
        return parts.Count == 0 ? [new RuleIssue(path, RuleIssueKind.NoConditions)]
            : parts.Count > maxParts ? [new RuleIssue(path, RuleIssueKind.TooMany)]
            : parts.SelectMany((part, i) => Part(part, path.Length == 0 ? $"{name}[{i}]" : $"{path}.{name}[{i}]", level));
    }

    public static bool IsGood(string? text,
        int atMost) => !string.IsNullOrWhiteSpace(text) && Kernel.Characters.AtMost(text, atMost) && !text.Any(char.IsControl);

    private IEnumerable<RuleIssue> Part(Condition? condition, string path, int level)
    {
        if (condition is null)
        {
            return [new RuleIssue(path, RuleIssueKind.Shape)];
        }

        var isGroup = condition.All is not null || condition.Any is not null;
        return (isGroup, level >= depth) switch
        {
            (true, _) when condition.Field is not null || condition.Op is not null
                || condition.Value is not null => [new RuleIssue(path, RuleIssueKind.Shape)],
            (true, true) => [new RuleIssue(path, RuleIssueKind.TooDeep, depth.ToString(CultureInfo.InvariantCulture))],
            (true, false) => Group(condition.All, condition.Any, path, level + 1),
            (false, _) => OfLeaf(condition, path),
        };
    }

    private IEnumerable<RuleIssue> OfLeaf(Condition leaf, string path)
    {
        if (Askable(leaf.Field) is not { } fact)
        {
            yield return new RuleIssue($"{path}.field", RuleIssueKind.UnknownField, leaf.Field);
        }
        else if (leaf.Op is null || Operators.Find(fact.Type, leaf.Op) is not { } op)
        {
            yield return new RuleIssue($"{path}.op", RuleIssueKind.UnknownOperator, leaf.Op);
        }
        else if (forDatabase && op.Sql is null)
        {
            yield return new RuleIssue($"{path}.op", RuleIssueKind.OnlyRules, leaf.Op);
        }
        else if (Value(leaf.Value, fact, op.Takes) is { } wrong)
        {
            yield return new RuleIssue($"{path}.value", wrong, wrong == RuleIssueKind.BadValue ? op.Takes.ToString() : null);
        }
        else if (fact.Choices?.Kind == ChoiceKind.Currencies && Texts(leaf.Value).FirstOrDefault(text => !IsCurrency(text)) is { } none)
        {
            yield return new RuleIssue($"{path}.value", RuleIssueKind.UnknownCurrency, none);
        }
    }

    /// <summary>Conditions compare texts whatever their case, but not their width.</summary>
    private static bool IsCurrency(string text) => string.Equals(Currencies.CodeOf(text), text, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Texts(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Array } texts => texts.EnumerateArray().Select(text => text.GetString()!),
        _ => [],
    };

    /// <summary>A retired field may still be looked for; no new rule asks for it.</summary>
    private FactDefinition? Askable(string? key) =>
        catalog.Find(key) is { } fact
        && (forDatabase ? fact.Sql.Length > 0 && (subject == FactSubject.Deal || fact.Subject == FactSubject.Customer) : !fact.Retired)
        ? fact : null;

    private RuleIssueKind? Value(JsonElement? value, FactDefinition fact, OperandKind kind)
    {
        var good = (kind, value) switch
        {
            (OperandKind.None, null) => true,
            (OperandKind.None, _) or (_, null) => false,
            (_, { } unreadable) when !FactJson.IsReadable(unreadable) => false,
            (OperandKind.Text or OperandKind.Number or OperandKind.Date
                or OperandKind.Flag, { ValueKind: JsonValueKind.Object } reference) => Refers(reference, fact),
            (OperandKind.Text, { } text) => IsText(text, fact),
            (OperandKind.Texts, { ValueKind: JsonValueKind.Array } texts) => texts.GetArrayLength() is > 0
                and <= RuleSetValidator.MaxConditions && texts.EnumerateArray().All(text => IsText(text, fact)),
            (OperandKind.Number, { } number) => IsNumber(number),
            (OperandKind.TwoNumbers, { ValueKind: JsonValueKind.Array } two) => two.GetArrayLength() == 2 && IsNumber(two[0])
                && IsNumber(two[1]) && two[0].GetDecimal() <= two[1].GetDecimal(),
            (OperandKind.Date, { ValueKind: JsonValueKind.String } date) => DateOnly.TryParseExact(date.GetString(), "yyyy-MM-dd", out _),
            (OperandKind.Days, { ValueKind: JsonValueKind.Number } days) => days.TryGetInt32(out var n)
                && n is >= 0 and <= RuleSetValidator.MaxDays,
            (OperandKind.Flag, { ValueKind: JsonValueKind.True or JsonValueKind.False }) => true,
            (OperandKind.Pattern, { ValueKind: JsonValueKind.String } pattern) => IsGood(pattern.GetString(), TextLength),
            _ => false,
        };
        return good switch
        {
            false => RuleIssueKind.BadValue,
            true when kind == OperandKind.Pattern && !TextPattern.IsGood(value!.Value.GetString()!) => RuleIssueKind.BadPattern,
            true => null,
        };
    }

    private bool Refers(JsonElement reference, FactDefinition fact) =>
        fact.Type != FactType.Choices && reference.EnumerateObject().Count() == 1
        && Askable(ConditionEvaluator.FieldOf(reference)) is { } other && other.Key != fact.Key && fact.ComparesWith(other);

    private bool IsText(JsonElement value, FactDefinition fact) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { } text && IsGood(text, TextLength)
        && (fact.Choices?.Listed is not { } listed || listed.Any(choice => choice.Code == text))
        && (!forDatabase || fact.Choices?.Kind is not ChoiceKind.Users || Guid.TryParse(text, out _));

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)
        && Math.Abs(number) <= Kernel.Money.Limit;
}
