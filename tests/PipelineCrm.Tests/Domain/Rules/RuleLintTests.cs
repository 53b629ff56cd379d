using FsCheck.Fluent;
using PipelineCrm.Domain;
using static PipelineCrm.Tests.Domain.Example;

namespace PipelineCrm.Tests.Domain;

public class RuleLintTests
{
    public static TheoryData<string, object[]> Conflicting => new()
    {
        { FieldKey.Amount, [Leaf(FieldKey.Amount, "filled"), Leaf(FieldKey.Amount, "empty")] },
        { FieldKey.Amount, [Leaf(FieldKey.Amount, "gt", 100), Leaf(FieldKey.Amount, "lte", 100)] },
        { FieldKey.Amount, [Leaf(FieldKey.Amount, "between", new[] { 1, 5 }), Leaf(FieldKey.Amount, "eq", 6)] },
        { FieldKey.Quotes, [Leaf(FieldKey.Quotes, "gt", 1), Leaf(FieldKey.Quotes, "lt", 2)] },
        { FieldKey.Quotes, [Leaf(FieldKey.Quotes, "empty"), Leaf(FieldKey.Quotes, "gte", 1)] },
        { FieldKey.Source, [Leaf(FieldKey.Source, "is", "event"), Leaf(FieldKey.Source, "anyOf", new[] { "website", "partner" })] },
        { FieldKey.Source, [Leaf(FieldKey.Source, "is", "event"), Leaf(FieldKey.Source, "isNot", "EVENT")] },
        { FieldKey.CustomerType, [Leaf(FieldKey.CustomerType, "isNot", "person"), Leaf(FieldKey.CustomerType, "isNot", "organisation")] },
        { FieldKey.ExpectedClose,
            [Leaf(FieldKey.ExpectedClose, "before", "2026-03-02"), Leaf(FieldKey.ExpectedClose, "after", "2026-03-01")] },
        { FieldKey.Title, [Leaf(FieldKey.Title, "is", "Pump"), Leaf(FieldKey.Title, "contains", "valve")] },
    };

    public static TheoryData<object[]> Compatible => new(
        [Leaf(FieldKey.Amount, "gt", 100), Leaf(FieldKey.Amount, "lt", 101)],
        [Leaf(FieldKey.Quotes, "empty"), Leaf(FieldKey.Quotes, "lt", 1)],
        [Leaf(FieldKey.Amount, "gt", 100), Leaf(FieldKey.Amount, "lt", new { field = FieldKey.Payments })],
        [Leaf(FieldKey.ExpectedClose, "withinNext", 7), Leaf(FieldKey.ExpectedClose, "after", "2020-01-01")],
        [Leaf(FieldKey.ExpectedClose, "before", "2026-03-03"), Leaf(FieldKey.ExpectedClose, "after", "2026-03-01")],
        [new Condition(Any: [Leaf(FieldKey.Amount, "empty"), Leaf(FieldKey.Source, "filled")]), Leaf(FieldKey.Amount, "filled")]);

    [Fact]
    public void The_rules_that_ship_leave_no_doubt() => Assert.Empty(Check(Defaults));

    [Theory]
    [MemberData(nameof(Conflicting))]
    public void Conditions_that_no_value_meets_are_named_with_their_field(string field, object[] conditions)
    {
        var all = conditions.Cast<Condition>().ToArray();
        var doubt = Assert.Single(Check(Entering(Stage.Decision, Blocking("one", all))));
        Assert.Equal(new RuleWarning("stages.decision.enter[0]", RuleWarningKind.Contradiction, field), doubt);

        // In two rules that both stop the move it is the same; a warning stops nothing.
        var second = Assert.Single(Check(Entering(Stage.Decision, Blocking("one", all[0]), Blocking("two", all[1]))));
        Assert.Equal("stages.decision.enter[1]", second.Path);
        Assert.Empty(Check(Entering(Stage.Decision, Blocking("one", all[0]), Rule("two", RequirementMode.Warn, [], all[1]))));
    }

    [Theory]
    [MemberData(nameof(Compatible))]
    public void Conditions_that_some_value_meets_are_left_alone(object[] conditions) =>
        Assert.Empty(Check(Entering(Stage.Decision, Blocking("one", [.. conditions.Cast<Condition>()]))));

    [Fact]
    public void A_contradiction_is_never_met_by_any_deal() => Generate.Check(
        from rules in Generate.Rules from facts in Generate.Facts select (rules, facts),
        sample =>
        {
            var (rules, facts) = sample;
            var requirements = rules.Stages.SelectMany(stage => Named($"stages.{stage.Key.ToWire()}.enter", stage.Value.Enter)
                .Concat(Named($"stages.{stage.Key.ToWire()}.leave", stage.Value.Leave)))
                .Concat(rules.Moves.SelectMany((row, i) => Named($"moves[{i}].require", row.Require))).ToList();
            return Check(rules).Where(doubt => doubt.Kind == RuleWarningKind.Contradiction).All(doubt =>
            {
                var place = doubt.Path[..doubt.Path.LastIndexOf('[')];
                var upTo = requirements.Where(one => one.Place == place).Take(int.Parse(doubt.Path[(place.Length + 1)..^1], null) + 1)
                    .ToList();
                return upTo.Where((one, i) => i == upTo.Count - 1 || one.Rule.Mode == RequirementMode.Block)
                    .Any(one => new RequirementEvaluation(one.Rule, facts, MoveKind.Advance).IsMet != Truth.True);
            });

            static IEnumerable<(string Place, Requirement Rule)> Named(string place,
                IEnumerable<Requirement> rules) => rules.Select(rule => (place, rule));
        },
        times: 2000);

    [Fact]
    public void A_stage_that_nothing_leads_into_and_one_that_nothing_leads_out_of_are_named()
    {
        var unreachable = Defaults with { Moves = [.. Defaults.Moves.Where(row => row.To != Place.Decision)] };
        Assert.Equal(
            ["stages.decision", "stages.purchase", "stages.postPurchase"],
            Check(unreachable).Where(doubt => doubt.Kind == RuleWarningKind.UnreachableStage).Select(doubt => doubt.Path));

        var dead = Defaults with { Moves = [.. Defaults.Moves.Where(row => row.From != Place.Purchase)] };
        Assert.Contains(new RuleWarning("stages.purchase", RuleWarningKind.DeadEnd), Check(dead));
        Assert.DoesNotContain(Check(dead), doubt => doubt.Path == "stages.decision");
    }

    private static IReadOnlyList<RuleWarning> Check(RuleSet rules) => RuleLint.Check(rules, FactCatalog.BuiltIn);
}
