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
        var (rules, flaws) = Parse(json);
        return flaws.Count == 0
            ? rules! with { Version = version }
            : throw new InvalidDataException($"Rule set {version} is damaged at {flaws[0].Path}: {flaws[0].Kind}.");
    }

    /// <summary>Reads a text from outside. Without flaws the rule set is there, and good.</summary>
    public static (RuleSet? Rules, IReadOnlyList<RuleFlaw> Flaws) Parse(string json)
    {
        try
        {
            if (JsonSerializer.Deserialize<RuleSet>(json, Strict) is not { } read)
            {
                return (null, [new RuleFlaw("$", RuleFlawKind.Shape)]);
            }

            var rules = WithLists(read);
            return (rules, RuleSetValidator.Check(rules));
        }
        catch (JsonException malformed)
        {
            return (null, [new RuleFlaw(malformed.Path ?? "$", RuleFlawKind.Shape)]);
        }
    }

    private static RuleSet WithLists(RuleSet rules) => new(
        [.. (rules.Moves ?? []).OfType<MoveRule>().Select(row => row with { Roles = row.Roles ?? [], Require = WithLists(row.Require) })],
        (rules.Stages ?? new Dictionary<Stage, StageRules>()).Where(stage => stage.Value is not null).ToDictionary(
            stage => stage.Key,
            stage => stage.Value with { Enter = WithLists(stage.Value.Enter), Leave = WithLists(stage.Value.Leave) }));

    private static List<Requirement> WithLists(IReadOnlyList<Requirement>? requirements) =>
    [
        .. (requirements ?? []).OfType<Requirement>().Select(requirement => requirement with
        {
            Key = requirement.Key ?? "",
            Message = requirement.Message ?? new Dictionary<string, string>(),
            OverrideBy = requirement.OverrideBy ?? [],
        })
    ];
}
