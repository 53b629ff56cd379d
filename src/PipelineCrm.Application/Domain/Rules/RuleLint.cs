using System.Text.Json;

namespace PipelineCrm.Domain;

/// <param name="Path">As in <c>stages.decision.enter[0]</c>.</param>
/// <param name="About">The field, where it is about one.</param>
internal sealed record RuleWarning(string Path, RuleWarningKind Kind, string? About = null);

/// <summary>Looks a sound rule set over. It says nothing that is not so; what depends on several fields at once it does not see.</summary>
internal static class RuleLint
{
    public static IReadOnlyList<RuleWarning> Check(RuleSet rules, FactCatalog catalog) =>
    [
        .. Path(rules),
        .. rules.Moves.SelectMany((row, i) => Contradictions(row.Require, $"moves[{i}].require", catalog)),
        .. rules.Stages.OrderBy(stage => stage.Key).SelectMany(stage =>
            Contradictions(stage.Value.Enter, $"stages.{stage.Key.ToWire()}.enter", catalog)
                .Concat(Contradictions(stage.Value.Leave, $"stages.{stage.Key.ToWire()}.leave", catalog))),
    ];

    /// <summary>Where deals can come to by moves that are on, and from where they cannot go on.</summary>
    private static IEnumerable<RuleWarning> Path(RuleSet rules)
    {
        var on = PurchasePath.Steps.Where(step => rules.Moves.Any(step.IsOf)).ToList();
        var reached = new HashSet<Position>();
        var waiting = new Queue<Position>(on.Where(step => step.From is null).Select(step => step.After));
        while (waiting.TryDequeue(out var position))
        {
            if (reached.Add(position))
            {
                on.Where(step => step.From == position).SelectMany(Opened).ToList().ForEach(waiting.Enqueue);
            }
        }

        foreach (var stage in Stages.All)
        {
            var open = new Position(stage, Outcome.Open);
            if (!reached.Contains(open))
            {
                yield return new RuleWarning($"stages.{stage.ToWire()}", RuleWarningKind.UnreachableStage);
            }
            else if (!on.Exists(step => step.From == open && step.After != open))
            {
                yield return new RuleWarning($"stages.{stage.ToWire()}", RuleWarningKind.DeadEnd);
            }
        }
    }

    /// <summary>Repurchase and refer leave their deal where it is and open another.</summary>
    private static IEnumerable<Position> Opened(PathStep step) =>
        step.Kind is MoveKind.Repurchase or MoveKind.Refer ? [new Position(step.To.AsStage()!.Value, Outcome.Open)] : [step.After];

    /// <summary>Requirements of one place that stop a move must hold together; each is named once that makes it impossible with those
    /// before it.</summary>
    private static IEnumerable<RuleWarning> Contradictions(IReadOnlyList<Requirement> requirements, string path, FactCatalog catalog)
    {
        var together = new List<Condition>();
        for (var i = 0; i < requirements.Count; i++)
        {
            var own = Must(requirements[i]).ToList();
            var with = requirements[i].Mode == RequirementMode.Block ? [.. together, .. own] : own;
            foreach (var field in own.Select(leaf => leaf.Field!).Distinct()
                .Where(field => Excludes(with.Where(leaf => leaf.Field == field), catalog)))
            {
                yield return new RuleWarning($"{path}[{i}]", RuleWarningKind.Contradiction, field);
            }

            together = requirements[i].Mode == RequirementMode.Block ? with : together;
        }
    }

    /// <summary>The conditions that hold whenever the requirement is met.</summary>
    private static IEnumerable<Condition> Must(Requirement requirement) => Must(new Condition(All: requirement.All, Any: requirement.Any));

    private static IEnumerable<Condition> Must(Condition condition) => condition switch
    {
        { Field: not null } => [condition],
        { All: { } all } => all.SelectMany(Must),
        { Any: [{ } only] } => Must(only),
        _ => [],
    };

    /// <summary>Whether no value of the field makes all of them true. Those that compare with another field may be met by that
    /// one.</summary>
    private static bool Excludes(IEnumerable<Condition> leaves, FactCatalog catalog)
    {
        var asked = leaves.Where(leaf => ConditionEvaluator.FieldOf(leaf.Value) is null).ToList();
        return asked.Count > 1 && catalog.Find(asked[0].Field) is { } field && Candidates(field, asked) is { } candidates
            && !candidates.Any(
                fact => asked.TrueForAll(leaf => ConditionEvaluator.Evaluate(leaf, Facts(field.Key, fact, catalog)) == Truth.True));
    }

    /// <summary>Values of which one meets the conditions if any value does; null where that cannot be said.</summary>
    private static IEnumerable<Fact>? Candidates(FactDefinition field, List<Condition> leaves)
    {
        if (leaves.Exists(leaf => leaf.Op == Operator.Empty))
        {
            return field.Type == FactType.Count ? [Fact.Empty, Fact.Of((decimal?)0)] : [Fact.Empty];
        }

        return field.Type switch
        {
            FactType.Flag => [Fact.Of(true), Fact.Of(false)],
            FactType.Text or FactType.Choice or FactType.User => leaves.Find(leaf => leaf.Op is Operator.Is or Operator.AnyOf) is { } named
                ? Texts(named).Select(Fact.Of)
                : field.Choices?.Listed?.Select(choice => Fact.Of(choice.Code)),
            FactType.Choices => null,
            FactType.Number or FactType.Money or FactType.Count => Around(Numbers(leaves), field.Type == FactType.Count)
                .Select(number => Fact.Of((decimal?)number)),
            FactType.Date => leaves.Exists(leaf => leaf.Op is Operator.WithinLast or Operator.WithinNext) ? null
                : Around(Days(leaves)).Select(day => Fact.Of((DateOnly?)day)),
        };
    }

    private static IEnumerable<string> Texts(Condition leaf) => leaf.Value switch
    {
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(one => one.GetString() ?? ""),
        { ValueKind: JsonValueKind.String } one => [one.GetString() ?? ""],
        _ => [],
    };

    private static List<decimal> Numbers(List<Condition> leaves) =>
    [
        .. leaves.SelectMany(leaf => leaf.Value switch
        {
            { ValueKind: JsonValueKind.Array } two => two.EnumerateArray().Select(one => one.GetDecimal()),
            { ValueKind: JsonValueKind.Number } one => [one.GetDecimal()],
            _ => [],
        }).Distinct().Order(),
    ];

    /// <summary>The numbers, one below and one above them, and one between each two; a count is whole and not below zero.</summary>
    private static IEnumerable<decimal> Around(List<decimal> numbers, bool counts)
    {
        var all = numbers.Count == 0
            ? [0, 1]
            : numbers.Concat(numbers.Zip(numbers.Skip(1), (low, high) => (low + high) / 2)).Append(numbers[0] - 1).Append(numbers[^1] + 1);
        return counts ? all.SelectMany(number => new[] { Math.Floor(number), Math.Ceiling(number), Math.Floor(number) + 1 })
            .Where(number => number >= 0) : all;
    }

    private static List<DateOnly> Days(List<Condition> leaves) =>
    [
        .. leaves.Select(leaf => leaf.Value is { ValueKind: JsonValueKind.String } day
            && DateOnly.TryParseExact(day.GetString(), "yyyy-MM-dd", out var date) ? date : (DateOnly?)null)
            .OfType<DateOnly>(),
    ];

    private static IEnumerable<DateOnly> Around(List<DateOnly> days) =>
        days.Count == 0 ? [new DateOnly(2000, 1, 1)] : days.SelectMany(day => new[] { day.AddDays(-1), day, day.AddDays(1) });

    private static DealFacts Facts(string field, Fact value, FactCatalog catalog) =>
        new(null, null, default, new Dictionary<string, Fact> { [field] = value }) { Catalog = catalog };
}
