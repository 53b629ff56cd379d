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

    /// <summary>An operator that only rules may use, in a filter.</summary>
    OnlyRules = 20,
}

/// <summary>One flaw, at a path as in <c>stages.decision.enter[0].all[1].op</c>.</summary>
/// <param name="About">The word that is wrong, where there is one.</param>
internal sealed record RuleFlaw(string Path, RuleFlawKind Kind, string? About = null);

/// <summary>Says everything that is wrong with a rule set; without a flaw every move can be judged by it.</summary>
internal sealed partial class RuleSetValidator
{
    public const int MessageLength = 500;
    public const int KeyLength = 60;
    public const int MaxRequirements = 50;
    public const int MaxConditions = 20;
    public const int MaxDays = 3650;
    public static readonly IReadOnlyList<string> Languages = ["en", "zh-CN"];

    private readonly Dictionary<string, string> _keys = [];
    private readonly ConditionCheck _conditions;

    private RuleSetValidator(FactCatalog catalog) => _conditions = new ConditionCheck(catalog, MaxConditions);

    /// <param name="catalog">What conditions may ask about; null: the built-in facts.</param>
    public static IReadOnlyList<RuleFlaw> Check(RuleSet rules, FactCatalog? catalog = null)
    {
        var validator = new RuleSetValidator(catalog ?? FactCatalog.BuiltIn);
        return
        [
            .. rules.Moves.SelectMany((row, i) => validator.Check(row, $"moves[{i}]")),
            .. rules.Moves.Select((row, i) => (row, i)).GroupBy(at => (at.row.Kind, at.row.From, at.row.To)).SelectMany(same => same.Skip(1))
                .Select(at => new RuleFlaw($"moves[{at.i}]", RuleFlawKind.DuplicateMove)),
            .. rules.Stages.SelectMany(stage => validator.Check(stage.Key, stage.Value)),
        ];
    }

    private IEnumerable<RuleFlaw> Check(MoveRule row, string path)
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

        foreach (var flaw in Check(row.Require, $"{path}.require"))
        {
            yield return flaw;
        }
    }

    private IEnumerable<RuleFlaw> Check(Stage stage, StageRules rules)
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

        foreach (var flaw in Check(rules.Enter, $"{path}.enter").Concat(Check(rules.Leave, $"{path}.leave")))
        {
            yield return flaw;
        }
    }

    private IEnumerable<RuleFlaw> Check(IReadOnlyList<Requirement> requirements, string path)
    {
        if (requirements.Count > MaxRequirements)
        {
            yield return new RuleFlaw(path, RuleFlawKind.TooMany);
        }

        if (requirements.GroupBy(one => one.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return new RuleFlaw(path, RuleFlawKind.DuplicateKey, twice.Key);
        }

        foreach (var flaw in requirements.SelectMany((requirement, i) => Check(requirement, $"{path}[{i}]")))
        {
            yield return flaw;
        }
    }

    /// <summary>One rule may stand in several places under its key, but then it is the same in every word.</summary>
    private IEnumerable<RuleFlaw> Check(Requirement requirement, string path)
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
        if (!_keys.TryAdd(requirement.Key, text) && _keys[requirement.Key] != text)
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

        foreach (var flaw in _conditions.Group(requirement.All, requirement.Any, path))
        {
            yield return flaw;
        }
    }

    private static bool Good(string? text, int atMost) => ConditionCheck.IsGood(text, atMost);

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
