using System.Text.Json;
using System.Text.RegularExpressions;

namespace PipelineCrm.Domain;

/// <summary>One flaw, at a path as in <c>stages.decision.enter[0].all[1].op</c>.</summary>
/// <param name="About">The word that is wrong, where there is one.</param>
internal sealed record RuleIssue(string Path, RuleIssueKind Kind, string? About = null);

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
    private readonly ConditionValidator _conditions;

    private RuleSetValidator(FactCatalog catalog) => _conditions = new ConditionValidator(catalog, MaxConditions);

    /// <param name="catalog">What conditions may ask about; null: the built-in facts.</param>
    public static IReadOnlyList<RuleIssue> Check(RuleSet rules, FactCatalog? catalog = null)
    {
        var validator = new RuleSetValidator(catalog ?? FactCatalog.BuiltIn);
        return
        [
            .. rules.Moves.SelectMany((row, i) => validator.Check(row, $"moves[{i}]")),
            .. rules.Moves.Select((row, i) => (row, i)).GroupBy(at => (at.row.Kind, at.row.From, at.row.To))
                .SelectMany(same => same.Skip(1))
                .Select(at => new RuleIssue($"moves[{at.i}]", RuleIssueKind.DuplicateMove)),
            .. rules.Stages.SelectMany(stage => validator.Check(stage.Key, stage.Value)),
        ];
    }

    private IEnumerable<RuleIssue> Check(MoveRule row, string path)
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

        foreach (var flaw in Check(row.Require, $"{path}.require"))
        {
            yield return flaw;
        }
    }

    private IEnumerable<RuleIssue> Check(Stage stage, StageRules rules)
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

        foreach (var flaw in Check(rules.Enter, $"{path}.enter").Concat(Check(rules.Leave, $"{path}.leave")))
        {
            yield return flaw;
        }
    }

    private IEnumerable<RuleIssue> Check(IReadOnlyList<Requirement> requirements, string path)
    {
        if (requirements.Count > MaxRequirements)
        {
            yield return new RuleIssue(path, RuleIssueKind.TooMany);
        }

        if (requirements.GroupBy(one => one.Key).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            yield return new RuleIssue(path, RuleIssueKind.DuplicateKey, twice.Key);
        }

        foreach (var flaw in requirements.SelectMany((requirement, i) => Check(requirement, $"{path}[{i}]")))
        {
            yield return flaw;
        }
    }

    /// <summary>One rule may stand in several places under its key, but then it is the same in every word.</summary>
    private IEnumerable<RuleIssue> Check(Requirement requirement, string path)
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
        if (!_keys.TryAdd(requirement.Key, text) && _keys[requirement.Key] != text)
        {
            yield return new RuleIssue($"{path}.key", RuleIssueKind.DuplicateKey, requirement.Key);
        }

        if (requirement.OverrideBy.Contains(Role.Viewer))
        {
            yield return new RuleIssue($"{path}.overrideBy", RuleIssueKind.ViewerWrites);
        }

        // One language suffices: whoever reads the other is shown it until it is translated.
        var said = Languages.Where(language => !string.IsNullOrWhiteSpace(requirement.Message.GetValueOrDefault(language)))
            .DefaultIfEmpty(Languages[0]);
        foreach (var language in said.Where(language => !Good(requirement.Message.GetValueOrDefault(language), MessageLength)))
        {
            yield return new RuleIssue($"{path}.message.{language}", RuleIssueKind.MissingMessage, language);
        }

        foreach (var flaw in _conditions.Group(requirement.All, requirement.Any, path))
        {
            yield return flaw;
        }
    }

    private static bool Good(string? text, int atMost) => ConditionValidator.IsGood(text, atMost);

    [GeneratedRegex("^[a-z0-9](-?[a-z0-9]){0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex KeyForm();
}
