using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>Rule sets as text: exactly the shape that the API shows. What may be left out is the empty list.</summary>
internal static class RuleSetJson
{
    private static readonly JsonSerializerOptions Strict = new(WireNames.Json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = false,
        MaxDepth = 16,
    };

    public static string Write(RuleSet rules) => JsonSerializer.Serialize(rules, WireNames.Json);

    /// <summary>Reads what was written before and is known to be good.</summary>
    public static RuleSet Read(string json, int version)
    {
        // What a currency is the standard changes: a version that was published with one since given up still judges as it did.
        var (rules, all) = ParseShape(json);
        var flaws = all.Where(flaw => flaw.Kind != RuleIssueKind.UnknownCurrency).ToList();
        return flaws.Count == 0
            ? rules! with { Version = version }
            : throw new InvalidDataException($"Rule set {version} is damaged at {flaws[0].Path}: {flaws[0].Kind}.");
    }

    /// <summary>Reads a text from outside. Without flaws the rule set is there, and good.</summary>
    /// <param name="catalog">What conditions may ask about; null: the built-in facts.</param>
    public static (RuleSet? Rules, IReadOnlyList<RuleIssue> Flaws) Parse(string json, FactCatalog? catalog = null)
    {
        var (rules, flaws) = ParseShape(json);
        return flaws.Count > 0 ? (null, flaws) : (rules, RuleSetValidator.Check(rules!, catalog));
    }

    private static (RuleSet? Rules, IReadOnlyList<RuleIssue> Flaws) ParseShape(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<RuleSet>(json, Strict) is not { } read)
            {
                return (null, [new RuleIssue("$", RuleIssueKind.Shape)]);
            }

            if (Missing(read).ToList() is { Count: > 0 } missing)
            {
                return (null, missing);
            }

            return (WithLists(read), []);
        }
        catch (JsonException malformed)
        {
            return (null, [new RuleIssue(malformed.Path ?? "$", RuleIssueKind.Shape)]);
        }
    }

    /// <summary>A rule set is whole: both of its parts are there, and nothing in a list is null.</summary>
    private static IEnumerable<RuleIssue> Missing(RuleSet rules) =>
    [
        .. Missing([rules.Moves], _ => "moves"),
        .. Missing([rules.Stages], _ => "stages"),
        .. Missing(rules.Moves ?? [], i => $"moves[{i}]"),
        .. (rules.Moves ?? []).SelectMany((row, i) => Missing(row?.Require ?? [], j => $"moves[{i}].require[{j}]")),
        .. (rules.Stages ?? new Dictionary<Stage, StageRules>()).SelectMany(stage => (IEnumerable<RuleIssue>)
        [
            .. Missing([stage.Value], _ => $"stages.{stage.Key.ToWire()}"),
            .. Missing(stage.Value?.Enter ?? [], i => $"stages.{stage.Key.ToWire()}.enter[{i}]"),
            .. Missing(stage.Value?.Leave ?? [], i => $"stages.{stage.Key.ToWire()}.leave[{i}]"),
        ]),
    ];

    private static IEnumerable<RuleIssue> Missing(IEnumerable<object?> parts, Func<int, string> path) =>
        parts.Select((part, i) => part is null ? new RuleIssue(path(i), RuleIssueKind.Shape) : null).OfType<RuleIssue>();

    private static RuleSet WithLists(RuleSet rules) => new(
        [.. rules.Moves.Select(row => row with { Roles = row.Roles ?? [], Require = WithLists(row.Require) })],
        rules.Stages.ToDictionary(
            stage => stage.Key,
            stage => stage.Value with { Enter = WithLists(stage.Value.Enter), Leave = WithLists(stage.Value.Leave) }));

    private static List<Requirement> WithLists(IReadOnlyList<Requirement>? requirements) =>
    [
        .. (requirements ?? []).Select(requirement => requirement with
        {
            Key = requirement.Key ?? "",
            Message = requirement.Message ?? new Dictionary<string, string>(),
            OverrideBy = requirement.OverrideBy ?? [],
        })
    ];
}
