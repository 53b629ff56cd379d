using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

/// <summary>Deals and rules to ask about, in few words.</summary>
internal static class Example
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static readonly RuleSet Defaults = DefaultRules.Create();

    public static Position Open(Stage stage) => new(stage, Outcome.Open);

    public static Position Lost(Stage stage) => new(stage, Outcome.Lost);

    public static readonly Position Completed = new(Stage.PostPurchase, Outcome.Completed);

    public static DealFacts Facts(Position? at, params (string Field, Fact Value)[] values) =>
        new(at, at is null ? null : Now.AddDays(-3), Today, values.ToDictionary(value => value.Field, value => value.Value));

    public static RequestedMove Move(MoveKind kind, Place? to = null, params (string Field, Fact Value)[] fields) =>
        new(kind, to, fields.ToDictionary(field => field.Field, field => field.Value));

    public static Verdict Decide(Position? at, RequestedMove move, RuleSet? rules = null, Role actor = Role.Rep,
        params (string Field, Fact Value)[] facts) =>
        PurchasePath.Decide(Facts(at, facts), move, rules ?? Defaults, actor, Now);

    public static Fact Number(decimal value) => Fact.Of((decimal?)value);

    public static Condition Leaf(string field, string op, object? value = null) =>
        new(field, op, value is null ? null : JsonSerializer.SerializeToElement(value));

    public static Requirement Rule(string key, RequirementMode mode, IReadOnlyList<Role> overrideBy, params Condition[] all) =>
        new(key, all, null, mode, new Dictionary<string, string> { ["en"] = "Do it.", ["zh-CN"] = "请处理。" }, overrideBy);

    public static Requirement Blocking(string key, params Condition[] all) => Rule(key, RequirementMode.Block, [], all);

    /// <summary>The default moves with these requirements for entering a stage, and nothing else asked there.</summary>
    public static RuleSet Entering(Stage stage, params Requirement[] requirements) => Defaults with
    {
        Stages = new Dictionary<Stage, StageRules> { [stage] = new(requirements, []) },
    };
}
