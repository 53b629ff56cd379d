using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineCrm.Domain;

/// <summary>One flaw, at a path as in <c>stages.decision.enter[0].all[1].op</c>.</summary>
/// <param name="About">The word that is wrong, where there is one.</param>
internal sealed record RuleIssue(string Path, RuleIssueKind Kind, string? About = null);

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

    public static IReadOnlyList<RuleIssue> Check(RuleSet rules)
    {
        var keys = new Dictionary<string, string>();
        return
        [
            .. rules.Moves.SelectMany((row, i) => Check(row, $"moves[{i}]", keys)),
            .. rules.Moves.Select((row, i) => (row, i)).GroupBy(at => (at.row.Kind, at.row.From, at.row.To)).SelectMany(same => same.Skip(1))
                .Select(at => new RuleIssue($"moves[{at.i}]", RuleIssueKind.DuplicateMove)),
            .. rules.Stages.SelectMany(stage => Check(stage.Key, stage.Value, keys)),
        ];
    }

    private static IEnumerable<RuleIssue> Check(MoveRule row, string path, Dictionary<string, string> keys)
    {
        if (!PurchasePath.Steps.Any(step => step.IsOf(row)))
        {
            yield return new RuleIssue(path, RuleIssueKind.ImpossibleMove);
        }

        if (row.Roles.Count == 0)
        {
            yield return new RuleIssue($"{path}.roles", RuleIssueKind.NoRoles);
        }

        if (row.Roles.Contains(Role.Viewer))
        {
            yield return new RuleIssue($"{path}.roles", RuleIssueKind.ViewerWrites);
        }

        foreach (var flaw in Check(row.Require, $"{path}.require", keys))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<RuleIssue> Check(Stage stage, StageRules rules, Dictionary<string, string> keys)
    {
        var path = $"stages.{stage.ToWire()}";
        if (rules.MaxDays is < 1 or > MaxDays)
        {
            yield return new RuleIssue($"{path}.maxDays", RuleIssueKind.BadDays);
        }

        if (rules.WarnDays is { } warn && (warn < 1 || rules.MaxDays is not { } max || warn > max))
        {
            yield return new RuleIssue($"{path}.warnDays", RuleIssueKind.BadWarning);
        }

        foreach (var flaw in Check(rules.Enter, $"{path}.enter", keys).Concat(Check(rules.Leave, $"{path}.leave", keys)))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<RuleIssue> Check(IReadOnlyList<Requirement> requirements, string path, Dictionary<string, string> keys)
    {
        if (requirements.Count > MaxRequirements)
        {
            yield return new RuleIssue(path, RuleIssueKind.TooMany);
        }

        if (requirements.GroupBy(one => one.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return new RuleIssue(path, RuleIssueKind.DuplicateKey, twice.Key);
        }

        foreach (var flaw in requirements.SelectMany((requirement, i) => Check(requirement, $"{path}[{i}]", keys)))
        {
            yield return flaw;
        }
    }

    /// <summary>One rule may stand in several places under its key, but then it is the same in every word.</summary>
    private static IEnumerable<RuleIssue> Check(Requirement requirement, string path, Dictionary<string, string> keys)
    {
        if (!Enum.IsDefined(requirement.Mode))
        {
            yield return new RuleIssue($"{path}.mode", RuleIssueKind.Shape);
            yield break;
        }

        if (!KeyForm().IsMatch(requirement.Key))
        {
            yield return new RuleIssue($"{path}.key", RuleIssueKind.BadKey, requirement.Key);
        }

        var text = JsonSerializer.Serialize(requirement, WireNames.Json);
        if (!keys.TryAdd(requirement.Key, text) && keys[requirement.Key] != text)
        {
            yield return new RuleIssue($"{path}.key", RuleIssueKind.DuplicateKey, requirement.Key);
        }

        if (requirement.OverrideBy.Contains(Role.Viewer))
        {
            yield return new RuleIssue($"{path}.overrideBy", RuleIssueKind.ViewerWrites);
        }

        foreach (var language in Languages.Where(language => !Good(requirement.Message.GetValueOrDefault(language), MessageLength)))
        {
            yield return new RuleIssue($"{path}.message.{language}", RuleIssueKind.MissingMessage, language);
        }

        foreach (var flaw in Group(requirement.All, requirement.Any, path, nested: false))
        {
            yield return flaw;
        }
    }

    private static IEnumerable<RuleIssue> Group(IReadOnlyList<Condition>? all, IReadOnlyList<Condition>? any, string path, bool nested)
    {
        if (all is not null && any is not null)
        {
            return [new RuleIssue(path, RuleIssueKind.AllAndAny)];
        }

        var (parts, name) = all is not null ? (all, "all") : (any ?? [], "any");
        return parts.Count switch
        {
            0 => [new RuleIssue(path, RuleIssueKind.NoConditions)],
            > MaxConditions => [new RuleIssue(path, RuleIssueKind.TooMany)],
            _ => parts.SelectMany((part, i) => Check(part, $"{path}.{name}[{i}]", nested)),
        };
    }

    private static IEnumerable<RuleIssue> Check(Condition? condition, string path, bool nested)
    {
        if (condition is null)
        {
            return [new RuleIssue(path, RuleIssueKind.Shape)];
        }

        var isGroup = condition.All is not null || condition.Any is not null;
        return (isGroup, nested) switch
        {
            (true, _) when condition.Field is not null || condition.Op is not null || condition.Value is not null => [new RuleIssue(path, RuleIssueKind.Shape)],
            (true, true) => [new RuleIssue(path, RuleIssueKind.TooDeep)],
            (true, false) => Group(condition.All, condition.Any, path, nested: true),
            (false, _) => CheckLeaf(condition, path),
        };
    }

    private static IEnumerable<RuleIssue> CheckLeaf(Condition leaf, string path)
    {
        if (FieldCatalog.Find(leaf.Field) is not { } field)
        {
            yield return new RuleIssue($"{path}.field", RuleIssueKind.UnknownField, leaf.Field);
        }
        else if (leaf.Op is null || !field.Operators.Contains(leaf.Op))
        {
            yield return new RuleIssue($"{path}.op", RuleIssueKind.UnknownOperator, leaf.Op);
        }
        else if (Operator.Operand(leaf.Op, field.Type) is var operand && Value(leaf.Value, field, operand) is { } wrong)
        {
            yield return new RuleIssue($"{path}.value", wrong, wrong == RuleIssueKind.BadValue ? operand.ToString() : null);
        }
    }

    private static RuleIssueKind? Value(JsonElement? value, FieldDefinition field, OperandKind kind)
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
            false => RuleIssueKind.BadValue,
            true when kind == OperandKind.Pattern && !TextPattern.IsGood(value!.Value.GetString()!) => RuleIssueKind.BadPattern,
            true => null,
        };
    }

    private static bool Refers(JsonElement reference, FieldDefinition field) =>
        reference.EnumerateObject().Count() == 1 && FieldCatalog.Find(ConditionEvaluator.FieldOf(reference)) is { } other && other.Key != field.Key && FieldCatalog.Comparable(field.Type, other.Type);

    private static bool IsText(JsonElement value, FieldDefinition field) =>
        value.ValueKind == JsonValueKind.String && Good(value.GetString(), TextLength) && field.Choices?.Contains(value.GetString()!) != false;

    private static bool IsNumber(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && Math.Abs(number) <= Kernel.Money.Limit;

    private static bool Good(string? text, int atMost) => !string.IsNullOrWhiteSpace(text) && text.Length <= atMost && !text.Any(char.IsControl);

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
