using PipelineCrm.Domain;
using static PipelineCrm.Tests.Domain.Example;

namespace PipelineCrm.Tests.Domain;

/// <summary>Which rules judge which move, and which answer wins.</summary>
public class JudgementTests
{
    private static readonly Condition No = Leaf(FieldKey.Quotes, Operator.Gte, 1);

    private static readonly (string, Fact) WithoutQuote = (FieldKey.Quotes, Number(0));

    private static RuleSet Everywhere() => new(
        [.. PurchasePath.Steps.Select(step => new MoveRule(step.Kind, step.From?.Place, step.To, [Role.Rep], [Blocking("move", No)]))],
        Stages.All.ToDictionary(stage => stage,
            stage => new StageRules([Blocking($"enter-{stage}", No)], [Blocking($"leave-{stage}", No)])));

    private static string Judging(Position? at, MoveKind kind, Place? to = null) =>
        string.Join(' ', Decide(at, Move(kind, to), Everywhere(), Role.Rep, WithoutQuote).Conditions.Select(one => one.Rule));

    [Fact]
    public void Advancing_is_judged_by_leaving_the_old_and_entering_the_new_stage() =>
        Assert.Equal("move leave-Consideration enter-Decision", Judging(Open(Stage.Consideration), MoveKind.Advance));

    [Fact]
    public void Skipping_also_by_entering_every_stage_passed_over() =>
        Assert.Equal("move leave-Awareness enter-Consideration enter-Decision enter-Purchase",
            Judging(Open(Stage.Awareness), MoveKind.Skip, Place.Purchase));

    [Fact]
    public void What_opens_a_deal_is_judged_by_entering_the_stage_it_opens_in()
    {
        Assert.Equal("move enter-Consideration", Judging(null, MoveKind.Create, Place.Consideration));
        Assert.Equal("move enter-Consideration", Judging(Completed, MoveKind.Repurchase));
        Assert.Equal("move enter-Awareness", Judging(Open(Stage.Purchase), MoveKind.Refer));
    }

    [Fact]
    public void Back_lose_reopen_and_complete_are_judged_only_by_what_the_move_itself_requires()
    {
        Assert.Equal("move", Judging(Open(Stage.Decision), MoveKind.Back, Place.Awareness));
        Assert.Equal("move", Judging(Open(Stage.Decision), MoveKind.Lose));
        Assert.Equal("move", Judging(Lost(Stage.Decision), MoveKind.Reopen));
        Assert.Equal("move", Judging(Open(Stage.PostPurchase), MoveKind.Complete));
    }

    [Fact]
    public void A_rule_that_fields_cannot_satisfy_refuses_even_where_fields_are_missing_too()
    {
        var rules = Entering(Stage.Consideration, Blocking("amount", Leaf(FieldKey.Amount, Operator.Filled)), Blocking("quote", No));
        var verdict = Decide(Open(Stage.Awareness), Move(MoveKind.Advance), rules, Role.Rep, WithoutQuote, (FieldKey.Amount, Fact.Empty));
        Assert.Equal(VerdictKind.Refused, verdict.Result);
        Assert.Empty(verdict.Fields);
    }

    [Fact]
    public void Of_alternatives_only_those_are_asked_for_that_a_field_can_make_true()
    {
        var either = Blocking("either") with
        {
            All = null,
            Any = [new Condition(All: [No, Leaf(FieldKey.Title, Operator.Filled)]),
                new Condition(All: [Leaf(FieldKey.Source, Operator.Filled), Leaf(FieldKey.Amount, Operator.Gt, 5)])],
        };
        var verdict = Decide(Open(Stage.Awareness), Move(MoveKind.Advance), Entering(Stage.Consideration, either), Role.Rep, WithoutQuote,
            (FieldKey.Source, Fact.Of("event")), (FieldKey.Amount, Number(5)));
        Assert.Equal(VerdictKind.NeedsFields, verdict.Result);
        Assert.Equal([FieldKey.Amount], verdict.Fields);
    }

    [Fact]
    public void A_warning_does_not_stop_and_what_is_missing_comes_before_it()
    {
        var warning = Rule("hint", RequirementMode.Warn, [], No);
        Assert.Equal(VerdictKind.Warned,
            Decide(Open(Stage.Awareness), Move(MoveKind.Advance), Entering(Stage.Consideration, warning), Role.Rep, WithoutQuote).Result);
        Assert.Equal(VerdictKind.NeedsFields, Decide(Open(Stage.Awareness), Move(MoveKind.Advance), Entering(Stage.Consideration, warning,
            Blocking("amount", Leaf(FieldKey.Amount, Operator.Filled))), Role.Rep, WithoutQuote).Result);
    }

    [Fact]
    public void Unknown_blocks_and_shadow_never_does()
    {
        Assert.Equal(VerdictKind.Refused,
            Decide(Open(Stage.Awareness), Move(MoveKind.Advance), Entering(Stage.Consideration, Blocking("quote", No))).Result);
        var shadow = Decide(Open(Stage.Awareness), Move(MoveKind.Advance),
            Entering(Stage.Consideration, Rule("quote", RequirementMode.Shadow, [], No)));
        Assert.Equal(VerdictKind.Allowed, shadow.Result);
        Assert.Equal(Truth.Unknown, Assert.Single(shadow.Conditions).Result);
        Assert.Empty(shadow.ForMover().Conditions);
    }

    [Fact]
    public void A_condition_tells_the_value_found_and_the_value_wanted()
    {
        var verdict = Decide(Open(Stage.Purchase), Move(MoveKind.Advance), null, Role.Rep, (FieldKey.Amount, Number(100)),
            (FieldKey.Payments, Number(40)));
        var condition = Assert.Single(verdict.Conditions);
        Assert.Equal((40m, 100m, Truth.False),
            (condition.Found!.Value.GetDecimal(), condition.Wanted!.Value.GetDecimal(), condition.Result));
        Assert.Equal([Role.Manager, Role.Admin], condition.OverrideBy);
    }

    [Fact]
    public void A_move_that_is_on_for_others_is_refused_by_role() =>
        Assert.Equal(VerdictReason.Role, Decide(Open(Stage.Consideration), Move(MoveKind.Advance), Everywhere(), Role.Manager).Reason);
}
