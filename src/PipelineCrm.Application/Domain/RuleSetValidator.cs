using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineCrm.Domain;

/// <summary>What can be wrong with a rule set.</summary>
internal enum RuleFlawKind
{
    /// <summary>Not the JSON of a rule set: an unknown or missing part, or a value of another kind.</summary>
    Shape = 1,
    ImpossibleMove = 2,
    DuplicateMove = 3,
    NoRoles = 4,
    ViewerWrites = 5,
    BadKey = 6,
    DuplicateKey = 7,
    NoConditions = 8,
    AllAndAny = 9,
    TooDeep = 10,
    TooMany = 11,
    UnknownField = 12,
    UnknownOperator = 13,
    BadValue = 14,
    BadPattern = 15,
    MissingMessage = 16,
    BadDays = 17,

    /// <summary>A warning without a longest time, or after it.</summary>
    BadWarning = 18,

    /// <summary>Asked for a currency that is none in use.</summary>
    UnknownCurrency = 19,
}

/// <summary>One flaw, at a path as in <c>stages.decision.enter[0].all[1].op</c>.</summary>
/// <param name="About">The word that is wrong, where there is one.</param>
internal sealed record RuleFlaw(string Path, RuleFlawKind Kind, string? About = null);

/// <summary>Says everything that is wrong with a rule set; without a flaw every move can be judged by it.</summary>
internal static partial class RuleSetValidator
{
    public const int MessageLength = 500;
    public const int KeyLength = 60;
    public const int TextLength = 200;
    public const int MaxRequirements = 50;
    public const int MaxConditions = 20;
    public const int MaxDays = 3650;
    public static readonly IReadOnlyList<string> Languages = ["en", "zh-CN"];

    public static IReadOnlyList<RuleFlaw> Check(RuleSet rules)
    {
        var keys = new Dictionary<string, string>();
        return
        [
            .. rules.Moves.SelectMany((row, i) => Check(row, $"moves[{i}]", keys)),
            .. rules.Moves.Select((row, i) => (row, i)).GroupBy(at => (at.row.Kind, at.row.From, at.row.To)).SelectMany(same => same.Skip(1))
                .Select(at => new RuleFlaw($"moves[{at.i}]", RuleFlawKind.DuplicateMove)),
            .. rules.Stages.SelectMany(stage => Check(stage.Key, stage.Value, keys)),
        ];
    }

    private static IEnumerable<RuleFlaw> Check(MoveRule row, string path, Dictionary<string, string> keys)
    {
        if (!PurchasePath.Steps.Any(step => step.IsOf(row)))
        {
            yield return new RuleFlaw(path, RuleFlawKind.ImpossibleMove);
        }

        if (row.Roles.Count == 0)
        {
            yield return new RuleFlaw($"{path}.roles", RuleFlawKind.NoRoles);
        }

        if (row.Roles.Contains(Role.Viewer))
        {
            yield return new RuleFlaw($"{path}.roles", RuleFlawKind.ViewerWrites);
        }

        foreach (var flaw in Check(row.Require, $"{path}.require", keys))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<RuleFlaw> Check(Stage stage, StageRules rules, Dictionary<string, string> keys)
    {
        var path = $"stages.{stage.ToWire()}";
        if (rules.MaxDays is < 1 or > MaxDays)
        {
            yield return new RuleFlaw($"{path}.maxDays", RuleFlawKind.BadDays);
        }

        if (rules.WarnDays is { } warn && (warn < 1 || rules.MaxDays is not { } max || warn > max))
        {
            yield return new RuleFlaw($"{path}.warnDays", RuleFlawKind.BadWarning);
        }

        foreach (var flaw in Check(rules.Enter, $"{path}.enter", keys).Concat(Check(rules.Leave, $"{path}.leave", keys)))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<RuleFlaw> Check(IReadOnlyList<Requirement> requirements, string path, Dictionary<string, string> keys)
    {
        if (requirements.Count > MaxRequirements)
        {
            yield return new RuleFlaw(path, RuleFlawKind.TooMany);
        }

        if (requirements.GroupBy(one => one.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return new RuleFlaw(path, RuleFlawKind.DuplicateKey, twice.Key);
        }

        foreach (var flaw in requirements.SelectMany((requirement, i) => Check(requirement, $"{path}[{i}]", keys)))
        {
            yield return flaw;
        }
    }

    /// <summary>One rule may stand in several places under its key, but then it is the same in every word.</summary>
    private static IEnumerable<RuleFlaw> Check(Requirement requirement, string path, Dictionary<string, string> keys)
    {
        if (!Enum.IsDefined(requirement.Mode))
        {
            yield return new RuleFlaw($"{path}.mode", RuleFlawKind.Shape);
            yield break;
        }

        if (!KeyForm().IsMatch(requirement.Key))
        {
            yield return new RuleFlaw($"{path}.key", RuleFlawKind.BadKey, requirement.Key);
        }

        var text = JsonSerializer.Serialize(requirement, WireNames.Json);
        if (!keys.TryAdd(requirement.Key, text) && keys[requirement.Key] != text)
        {
            yield return new RuleFlaw($"{path}.key", RuleFlawKind.DuplicateKey, requirement.Key);
        }

        if (requirement.OverrideBy.Contains(Role.Viewer))
        {
            yield return new RuleFlaw($"{path}.overrideBy", RuleFlawKind.ViewerWrites);
        }

        // One language suffices: whoever reads the other is shown it until it is translated.
        var said = Languages.Where(language => !string.IsNullOrWhiteSpace(requirement.Message.GetValueOrDefault(language))).DefaultIfEmpty(Languages[0]);
        foreach (var language in said.Where(language => !Good(requirement.Message.GetValueOrDefault(language), MessageLength)))
        {
            yield return new RuleFlaw($"{path}.message.{language}", RuleFlawKind.MissingMessage, language);
        }

        foreach (var flaw in Group(requirement.All, requirement.Any, path, nested: false))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<RuleFlaw> Group(IReadOnlyList<Condition>? all, IReadOnlyList<Condition>? any, string path, bool nested)
    {
        if (all is not null && any is not null)
        {
            return [new RuleFlaw(path, RuleFlawKind.AllAndAny)];
        }

        var (parts, name) = all is not null ? (all, "all") : (any ?? [], "any");
        return parts.Count switch
        {
            0 => [new RuleFlaw(path, RuleFlawKind.NoConditions)],
            > MaxConditions => [new RuleFlaw(path, RuleFlawKind.TooMany)],
            _ => parts.SelectMany((part, i) => Check(part, $"{path}.{name}[{i}]", nested)),
        };
    }

    private static IEnumerable<RuleFlaw> Check(Condition? condition, string path, bool nested)
    {
        if (condition is null)
        {
            return [new RuleFlaw(path, RuleFlawKind.Shape)];
        }

        var isGroup = condition.All is not null || condition.Any is not null;
        return (isGroup, nested) switch
        {
            (true, _) when condition.Field is not null || condition.Op is not null || condition.Value is not null => [new RuleFlaw(path, RuleFlawKind.Shape)],
            (true, true) => [new RuleFlaw(path, RuleFlawKind.TooDeep)],
            (true, false) => Group(condition.All, condition.Any, path, nested: true),
            (false, _) => CheckLeaf(condition, path),
        };
    }

    private static IEnumerable<RuleFlaw> CheckLeaf(Condition leaf, string path)
    {
        if (FieldCatalog.Find(leaf.Field) is not { } field)
        {
            yield return new RuleFlaw($"{path}.field", RuleFlawKind.UnknownField, leaf.Field);
        }
        else if (leaf.Op is null || !field.Operators.Contains(leaf.Op))
        {
            yield return new RuleFlaw($"{path}.op", RuleFlawKind.UnknownOperator, leaf.Op);
        }
        else if (Operator.Operand(leaf.Op, field.Type) is var operand && Value(leaf.Value, field, operand) is { } wrong)
        {
            yield return new RuleFlaw($"{path}.value", wrong, wrong == RuleFlawKind.BadValue ? operand.ToString() : null);
        }
        else if (field.Key == FieldKey.Currency && Texts(leaf.Value).FirstOrDefault(text => !IsCurrency(text)) is { } none)
        {
            yield return new RuleFlaw($"{path}.value", RuleFlawKind.UnknownCurrency, none);
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

    private static RuleFlawKind? Value(JsonElement? value, FieldDefinition field, OperandKind kind)
    {
        var good = (kind, value) switch
        {
            (OperandKind.None, null) => true,
            (OperandKind.None, _) or (_, null) => false,
            (OperandKind.Text or OperandKind.Number or OperandKind.Date or OperandKind.Flag, { ValueKind: JsonValueKind.Object } reference) => Refers(reference, field),
            (OperandKind.Text, { } text) => IsText(text, field),
            (OperandKind.Texts, { ValueKind: JsonValueKind.Array } texts) => texts.GetArrayLength() is > 0 and <= MaxConditions && texts.EnumerateArray().All(text => IsText(text, field)),
            (OperandKind.Number, { } number) => IsNumber(number),
            (OperandKind.TwoNumbers, { ValueKind: JsonValueKind.Array } two) => two.GetArrayLength() == 2 && IsNumber(two[0]) && IsNumber(two[1]) && two[0].GetDecimal() <= two[1].GetDecimal(),
            (OperandKind.Date, { ValueKind: JsonValueKind.String } date) => DateOnly.TryParseExact(date.GetString(), "yyyy-MM-dd", out _),
            (OperandKind.Days, { ValueKind: JsonValueKind.Number } days) => days.TryGetInt32(out var n) && n is >= 0 and <= MaxDays,
            (OperandKind.Flag, { ValueKind: JsonValueKind.True or JsonValueKind.False }) => true,
            (OperandKind.Pattern, { ValueKind: JsonValueKind.String } pattern) => Good(pattern.GetString(), TextLength),
            _ => false,
        };
        return good switch
        {
            false => RuleFlawKind.BadValue,
            true when kind == OperandKind.Pattern && !Pattern.IsGood(value!.Value.GetString()!) => RuleFlawKind.BadPattern,
            true => null,
        };
    }

    private static bool Refers(JsonElement reference, FieldDefinition field) =>
        reference.EnumerateObject().Count() == 1 && FieldCatalog.Find(Leaf.FieldOf(reference)) is { } other && other.Key != field.Key && FieldCatalog.Comparable(field.Type, other.Type);

    private static bool IsText(JsonElement value, FieldDefinition field) =>
        value.ValueKind == JsonValueKind.String && Good(value.GetString(), TextLength) && field.Choices?.Contains(value.GetString()!) != false;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Math.Abs(number) <= Common.Money.Limit;

    private static bool Good(string? text, int atMost) => !string.IsNullOrWhiteSpace(text) && Common.Characters.AtMost(text, atMost) && !text.Any(char.IsControl);

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
