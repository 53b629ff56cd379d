using System.Text.Json;

namespace PipelineCrm.Domain;

/// <summary>What a new installation demands. Version 1, in force from the beginning of time, asked for any quote; version 2 asks for one
/// that is valid.</summary>
internal static class DefaultRules
{
    public const int Version = 2;

    private static readonly IReadOnlyList<Role> Movers = [Role.Rep, Role.Manager, Role.Admin];

    private static readonly Requirement BackReason = Block(
        "back-reason",
        "Say in a sentence why the deal goes back.",
        "请用一句话说明退回的原因。",
        Filled(FieldKey.ReasonText));

    private static readonly Requirement LossReason = Block(
        "loss-reason",
        "Choose the reason why the deal is lost.",
        "请选择输单原因。",
        Filled(FieldKey.ReasonCode));

    private static readonly Requirement ReferredCustomer = Block(
        "referred-customer",
        "Choose the customer who was referred.",
        "请选择被推荐的客户。",
        Filled(FieldKey.CustomerId));

    public static RuleSet Create() => new([.. PurchasePath.Steps.Where(step => step.OnByDefault).Select(Row)], StageRules())
    {
        Version = Version,
    };

    /// <summary>What a move demands by itself when it is on; also where the rules page switches one on.</summary>
    public static IReadOnlyList<Requirement> DemandedBy(MoveKind kind) => kind switch
    {
        MoveKind.Back => [BackReason],
        MoveKind.Lose => [LossReason],
        MoveKind.Refer => [ReferredCustomer],
        MoveKind.Create or MoveKind.Advance or MoveKind.Skip or MoveKind.Reopen or MoveKind.Complete or MoveKind.Repurchase or MoveKind.Undo
            or MoveKind.Import => [],
    };

    private static MoveRule Row(PathStep step) => new(step.Kind, step.From?.Place, step.To, Movers, DemandedBy(step.Kind));

    private static Dictionary<Stage, StageRules> StageRules() => new()
    {
        [Stage.Awareness] = new([], [], 14),
        [Stage.Consideration] = new([], [], 30),
        [Stage.Decision] = new([DecisionBasics], [], 21),
        [Stage.Purchase] = new([QuoteOrDecisionMaker], [], 14),
        [Stage.PostPurchase] = new([PaidInFull], [], 60),
    };

    private static Requirement DecisionBasics => Block(
        "decision-basics",
        "Fill in the amount and the expected close date to move on to Decision.",
        "请填写金额和预计成交日期，再进入“决策”阶段。",
        Filled(FieldKey.Amount),
        Filled(FieldKey.ExpectedClose));

    private static Requirement QuoteOrDecisionMaker => Block(
        "quote-or-decision-maker",
        "Add a quote that is still valid, or mark one of the customer's contacts as the decision maker, to move on to Purchase.",
        "请先添加有效期内的报价，或将客户的一位联系人标为决策人，再进入“购买”阶段。") with
    {
        All = null,
        Any = [Leaf(FieldKey.ValidQuotes, Operator.Gte, 1), Leaf(FieldKey.DecisionMakers, Operator.Gte, 1)],
    };

    private static Requirement PaidInFull => Block(
        "paid-in-full",
        "Record payments that cover the amount to move on to Post-purchase. A manager may decide otherwise.",
        "请登记足额付款后再进入“购后”阶段；经理可酌情放行。",
        Leaf(FieldKey.Payments, Operator.Gte, new { field = FieldKey.Amount })) with
    {
        OverrideBy = [Role.Manager, Role.Admin],
    };

    private static Requirement Block(string key, string en, string zh, params Condition[] all) =>
        new(key, all, null, RequirementMode.Block, new Dictionary<string, string> { ["en"] = en, ["zh-CN"] = zh }, []);

    private static Condition Filled(string field) => new(field, Operator.Filled);

    private static Condition Leaf(string field, string op, object value) => new(field, op, JsonSerializer.SerializeToElement(value));
}
