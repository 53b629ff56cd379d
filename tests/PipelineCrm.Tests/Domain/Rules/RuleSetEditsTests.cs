using PipelineCrm.Domain;
using static PipelineCrm.Tests.Domain.Example;

namespace PipelineCrm.Tests.Domain;

public class RuleSetEditsTests
{
    private static readonly Requirement New = Blocking("new", Leaf(FieldKey.Title, Operator.Filled));

    private static PathStep Step(MoveKind kind, Stage from,
        Place to) => PurchasePath.Possible(Open(from)).Single(step => step.Kind == kind && step.To == to);

    [Fact]
    public void A_rule_set_is_no_different_from_itself() => Assert.Empty(RuleSetDifference.Between(Defaults, Defaults));

    [Fact]
    public void A_rule_that_was_put_and_taken_away_again_leaves_no_difference()
    {
        var with = Defaults.Put(RuleScope.Leave(Stage.Decision), New);
        var added = Assert.IsType<RequirementChange>(Assert.Single(RuleSetDifference.Between(Defaults, with)));
        Assert.Equal((null, RuleScope.Leave(Stage.Decision)), (added.Before, added.After!.Scope));
        Assert.Empty(RuleSetValidator.Check(with));
        Assert.Empty(RuleSetDifference.Between(Defaults, with.Without(added.After)));
    }

    [Fact]
    public void A_changed_rule_keeps_its_place_and_the_difference_tells_both()
    {
        var old = Defaults.Rules().Single(rule => rule.Key == "decision-basics");
        var changed = Defaults.Put(old.Scope, old.Requirement with { Mode = RequirementMode.Warn }, old);
        var change = Assert.IsType<RequirementChange>(Assert.Single(RuleSetDifference.Between(Defaults, changed)));
        Assert.Equal((RequirementMode.Block, RequirementMode.Warn), (change.Before!.Requirement.Mode, change.After!.Requirement.Mode));
    }

    [Fact]
    public void A_rule_can_be_moved_to_another_place()
    {
        var old = Defaults.Rules().Single(rule => rule.Key == "decision-basics");
        var moved = Defaults.Put(RuleScope.Enter(Stage.Purchase), old.Requirement, old);
        Assert.Empty(moved.Of(Stage.Decision).Enter);
        Assert.Equal(["quote-or-decision-maker", "decision-basics"], moved.Of(Stage.Purchase).Enter.Select(rule => rule.Key));
    }

    [Fact]
    public void A_rule_of_a_kind_of_move_is_told_once_and_changes_on_all_its_rows()
    {
        var old = Defaults.Rules().Single(rule => rule.Key == "back-reason");
        var changed = Defaults.Put(old.Scope, old.Requirement with { Mode = RequirementMode.Warn }, old);
        Assert.All(changed.Moves.Where(row => row.Kind == MoveKind.Back),
            row => Assert.Equal(RequirementMode.Warn, Assert.Single(row.Require).Mode));
        Assert.Single(RuleSetDifference.Between(Defaults, changed));
        Assert.Empty(RuleSetValidator.Check(changed));
    }

    [Fact]
    public void A_move_that_is_switched_on_demands_what_its_kind_does()
    {
        var step = Step(MoveKind.Lose, Stage.PostPurchase, Place.Lost);
        var on = Defaults.SwitchOn(step);
        Assert.Equal("loss-reason", Assert.Single(on.RowOf(step)!.Require).Key);
        Assert.Equal("loss-reason", Assert.Single((Defaults with { Moves = [] }).SwitchOn(step).RowOf(step)!.Require).Key);
        Assert.Empty(RuleSetValidator.Check(on));
        Assert.IsType<MoveChange>(Assert.Single(RuleSetDifference.Between(Defaults, on)));
        Assert.Empty(RuleSetDifference.Between(Defaults, on.SwitchOff(step)));
    }

    [Fact]
    public void Every_move_of_the_machine_can_be_switched_on_and_off() =>
        Assert.All(PurchasePath.Steps, step =>
        {
            var on = Defaults.SwitchOn(step);
            Assert.NotNull(on.RowOf(step));
            Assert.Empty(RuleSetValidator.Check(on));
            Assert.Null(on.SwitchOff(step).RowOf(step));
        });

    [Fact]
    public void Roles_and_times_are_changes_too()
    {
        var step = Step(MoveKind.Advance, Stage.Awareness, Place.Consideration);
        var changed = Defaults.WithRoles(step, [Role.Manager]).WithDays(Stage.Decision, 10, 7);
        Assert.Equal([typeof(MoveChange), typeof(TimeChange)],
            RuleSetDifference.Between(Defaults, changed).Select(change => change.GetType()));
    }

    [Fact]
    public void A_new_key_is_new_and_the_validator_takes_it()
    {
        foreach (var place in (RuleScope[])[RuleScope.Enter(Stage.PostPurchase), RuleScope.Of(MoveKind.Back)])
        {
            var key = Defaults.NewKey(place);
            var with = Defaults.Put(place, New with { Key = key });
            Assert.Empty(RuleSetValidator.Check(with));
            Assert.NotEqual(key, with.NewKey(place));
            Assert.NotNull(with.PathOf(place, key));
        }
    }

    [Fact]
    public void A_rule_is_found_by_its_path()
    {
        var broken = Defaults.Put(RuleScope.Enter(Stage.Decision), New with { Message = new Dictionary<string, string>() });
        var path = broken.PathOf(RuleScope.Enter(Stage.Decision), "new");
        Assert.Equal("stages.decision.enter[1]", path);
        Assert.All(RuleSetValidator.Check(broken), flaw => Assert.StartsWith(path!, flaw.Path, StringComparison.Ordinal));
    }
}
