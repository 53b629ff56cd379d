using PipelineCrm.Domain;
using static PipelineCrm.Tests.Domain.Example;

namespace PipelineCrm.Tests.Domain;

/// <summary>The table of moves under the default rules, row by row.</summary>
public class PurchasePathTests
{
    [Fact]
    public void A_deal_can_be_opened_in_Awareness_or_Consideration_and_nowhere_else()
    {
        Assert.Equal(VerdictKind.Allowed, Decide(null, Move(MoveKind.Create, Place.Awareness)).Result);
        Assert.Equal(VerdictKind.Allowed, Decide(null, Move(MoveKind.Create, Place.Consideration)).Result);
        Assert.All(
            (Place?[])[Place.Decision, Place.Purchase, Place.PostPurchase, Place.Lost, Place.Completed, null],
            to => Assert.Equal(VerdictReason.Impossible, Decide(null, Move(MoveKind.Create, to)).Reason));
    }

    [Fact]
    public void An_open_deal_advances_by_one_stage_and_no_further()
    {
        var verdict = Decide(Open(Stage.Awareness), Move(MoveKind.Advance));
        Assert.Equal((VerdictKind.Allowed, (Place?)Place.Consideration), (verdict.Result, verdict.To));
        Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.Awareness), Move(MoveKind.Advance, Place.Decision)).Reason);
        Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.PostPurchase), Move(MoveKind.Advance)).Reason);
    }

    [Fact]
    public void Skipping_is_switched_off_and_no_override_helps()
    {
        var skip = Move(MoveKind.Skip, Place.Decision) with { Override = new Override("other", "please") };
        var verdict = Decide(Open(Stage.Awareness), skip, actor: Role.Admin);
        Assert.Equal((VerdictKind.Refused, VerdictReason.SwitchedOff), (verdict.Result, verdict.Reason));
        Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.Awareness), Move(MoveKind.Skip, Place.Consideration)).Reason);
    }

    [Fact]
    public void Going_back_needs_a_reason_in_words()
    {
        var without = Decide(Open(Stage.Purchase), Move(MoveKind.Back, Place.Awareness));
        Assert.Equal(VerdictKind.NeedsFields, without.Result);
        Assert.Equal([FieldKey.ReasonText], without.Fields);
        Assert.Equal(VerdictKind.Allowed,
            Decide(Open(Stage.Purchase), Move(MoveKind.Back, Place.Awareness, (FieldKey.ReasonText, Fact.Of("no budget yet")))).Result);
    }

    [Fact]
    public void Losing_needs_a_reason_code()
    {
        var without = Decide(Open(Stage.Decision), Move(MoveKind.Lose));
        Assert.Equal((VerdictKind.NeedsFields, (Place?)Place.Lost), (without.Result, without.To));
        Assert.Equal([FieldKey.ReasonCode], without.Fields);
        Assert.Equal(VerdictKind.Allowed,
            Decide(Open(Stage.Decision), Move(MoveKind.Lose, Place.Lost, (FieldKey.ReasonCode, Fact.Of("price")))).Result);
    }

    [Fact]
    public void A_deal_after_the_purchase_is_not_lost_unless_the_admin_says_so() =>
        Assert.Equal(VerdictReason.SwitchedOff, Decide(Open(Stage.PostPurchase), Move(MoveKind.Lose)).Reason);

    [Fact]
    public void A_lost_deal_reopens_where_it_was_and_does_nothing_else()
    {
        var verdict = Decide(Lost(Stage.Decision), Move(MoveKind.Reopen));
        Assert.Equal((VerdictKind.Allowed, (Place?)Place.Decision), (verdict.Result, verdict.To));
        Assert.Equal(VerdictReason.Impossible, Decide(Lost(Stage.Decision), Move(MoveKind.Reopen, Place.Purchase)).Reason);
        Assert.Equal(VerdictReason.Impossible, Decide(Lost(Stage.Decision), Move(MoveKind.Advance)).Reason);
    }

    [Fact]
    public void Only_a_deal_after_the_purchase_completes()
    {
        Assert.Equal(VerdictKind.Allowed, Decide(Open(Stage.PostPurchase), Move(MoveKind.Complete)).Result);
        Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.Purchase), Move(MoveKind.Complete)).Reason);
    }

    [Fact]
    public void The_next_purchase_opens_from_the_last_stage_or_a_completed_deal()
    {
        Assert.Equal(VerdictKind.Allowed, Decide(Open(Stage.PostPurchase), Move(MoveKind.Repurchase)).Result);
        Assert.Equal(Place.Consideration, Decide(Completed, Move(MoveKind.Repurchase)).To);
        Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.Purchase), Move(MoveKind.Repurchase)).Reason);
    }

    [Fact]
    public void Referring_names_another_customer()
    {
        var without = Decide(Open(Stage.Purchase), Move(MoveKind.Refer));
        Assert.Equal(VerdictKind.NeedsFields, without.Result);
        Assert.Equal([FieldKey.CustomerId], without.Fields);
        Assert.Equal(VerdictKind.Allowed, Decide(Completed, Move(MoveKind.Refer, null, (FieldKey.CustomerId, Fact.Of("c")))).Result);
        Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.Decision), Move(MoveKind.Refer)).Reason);
    }

    [Fact]
    public void Entering_Decision_needs_an_amount_and_a_close_date_which_the_move_may_bring()
    {
        var without = Decide(Open(Stage.Consideration), Move(MoveKind.Advance));
        Assert.Equal(VerdictKind.NeedsFields, without.Result);
        Assert.Equal([FieldKey.Amount, FieldKey.ExpectedClose], without.Fields);
        var bringing = Move(MoveKind.Advance, Place.Decision, (FieldKey.Amount, Number(10)), (FieldKey.ExpectedClose, Fact.Of(Today)));
        Assert.Equal(VerdictKind.Allowed, Decide(Open(Stage.Consideration), bringing).Result);
    }

    [Fact]
    public void Entering_Purchase_needs_a_quote_or_a_decision_maker_which_no_field_of_the_move_can_bring()
    {
        Assert.Equal((VerdictKind.Refused, VerdictReason.Conditions),
            Of((FieldKey.ValidQuotes, Number(0)), (FieldKey.DecisionMakers, Number(0))));
        Assert.Equal((VerdictKind.Allowed, VerdictReason.None),
            Of((FieldKey.ValidQuotes, Number(1)), (FieldKey.DecisionMakers, Number(0))));
        Assert.Equal((VerdictKind.Allowed, VerdictReason.None), Of((FieldKey.DecisionMakers, Number(1))));

        static (VerdictKind, VerdictReason) Of(params (string, Fact)[] facts) =>
            Decide(Open(Stage.Decision), Move(MoveKind.Advance), null, Role.Rep, facts) is var verdict ? (verdict.Result, verdict.Reason)
                : default;
    }

    [Fact]
    public void Entering_PostPurchase_needs_payments_that_cover_the_amount_unless_a_manager_overrides()
    {
        (string, Fact)[] unpaid = [(FieldKey.Amount, Number(100)), (FieldKey.Payments, Number(99))];
        var overriding = Move(MoveKind.Advance) with { Override = new Override("customer-promise", "paid tomorrow") };
        Assert.Equal(VerdictKind.Refused, Decide(Open(Stage.Purchase), Move(MoveKind.Advance), null, Role.Manager, unpaid).Result);
        Assert.Equal(VerdictKind.Refused, Decide(Open(Stage.Purchase), overriding, null, Role.Rep, unpaid).Result);

        var overridden = Decide(Open(Stage.Purchase), overriding, null, Role.Manager, unpaid);
        Assert.Equal(VerdictKind.Warned, overridden.Result);
        Assert.Equal(["paid-in-full"], overridden.Overridden);
        Assert.Equal("paid-in-full", Assert.Single(overridden.Warnings).Rule);

        var paid = Decide(Open(Stage.Purchase), Move(MoveKind.Advance), null, Role.Rep, (FieldKey.Amount, Number(100)),
            (FieldKey.Payments, Number(100)));
        Assert.Equal(VerdictKind.Allowed, paid.Result);
    }

    [Fact]
    public void A_viewer_moves_nothing_even_where_a_rule_set_names_them()
    {
        var rules = Defaults with { Moves = [.. Defaults.Moves.Select(row => row with { Roles = [Role.Viewer] })] };
        var verdict = Decide(Open(Stage.Awareness), Move(MoveKind.Advance), rules, Role.Viewer);
        Assert.Equal((VerdictKind.Refused, VerdictReason.Role), (verdict.Result, verdict.Reason));
    }

    [Fact]
    public void Undo_and_import_are_no_moves_that_rules_judge() =>
        Assert.All((MoveKind[])[MoveKind.Undo, MoveKind.Import],
            kind => Assert.Equal(VerdictReason.Impossible, Decide(Open(Stage.Decision), Move(kind)).Reason));
}
