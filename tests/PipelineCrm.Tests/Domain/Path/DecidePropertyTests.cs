using System.Text.Json;
using FsCheck.Fluent;
using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

/// <summary>Random moves of random deals by random roles under random rule sets.</summary>
public class DecidePropertyTests
{
    private static Verdict Decide(DealFacts facts, RequestedMove move, RuleSet rules,
        Role actor) => PurchasePath.Decide(facts, move, rules, actor, Example.Now);

    private static string Text(Verdict verdict) => JsonSerializer.Serialize(verdict, WireNames.Json);

    private static readonly FsCheck.Gen<(DealFacts Facts, RequestedMove Move, RuleSet Rules, Role Actor)> Any =
        from possible in FsCheck.Fluent.Gen.OneOf(
            Generate.PossibleMove,
            from facts in Generate.Facts from move in Generate.Move select (Facts: facts, Move: move))
        from rules in Generate.Rules
        from actor in Generate.Role
        select (possible.Facts, possible.Move, rules, actor);

    [Fact]
    public void Every_question_has_an_answer_and_the_same_one_twice() =>
        Generate.Check(Any, ask => Text(
            Decide(ask.Facts, ask.Move, ask.Rules, ask.Actor)) == Text(Decide(ask.Facts, ask.Move, ask.Rules, ask.Actor)), 2000);

    [Fact]
    public void What_the_table_does_not_have_is_impossible_whatever_the_rules_say() =>
        Generate.Check(Any, ask =>
        {
            var known = PurchasePath.Possible(ask.Facts.Position)
                .Any(step => step.Kind == ask.Move.Kind && (ask.Move.To is null || step.To == ask.Move.To));
            var verdict = Decide(ask.Facts, ask.Move, ask.Rules, ask.Actor);
            return known ? ask.Move.To is null || verdict.Reason != VerdictReason.Impossible
                : verdict is { Result: VerdictKind.Refused, Reason: VerdictReason.Impossible };
        }, 2000);

    [Fact]
    public void What_is_switched_off_stays_off_with_an_override() =>
        Generate.Check(
            from possible in Generate.PossibleMove from rules in Generate.Rules from actor in Generate.Role select (possible, rules, actor),
            ask =>
            {
                var move = ask.possible.Move with { Override = new Override("other", "because") };
                var off = ask.rules with { Moves = [.. ask.rules.Moves.Where(row => row.Kind != move.Kind)] };
                return Decide(ask.possible.Facts, move, off, ask.actor) is
                {
                    Result: VerdictKind.Refused,
                    Reason: VerdictReason.SwitchedOff
                };
            });

    [Fact]
    public void A_viewer_and_a_role_that_is_not_named_move_nothing() =>
        Generate.Check(Any, ask =>
        {
            var verdict = Decide(ask.Facts, ask.Move, ask.Rules, ask.Actor);
            return !verdict.Moves || ask.Rules.Moves.Any(
                row => row.Kind == verdict.Kind && row.To == verdict.To && row.Roles.Contains(ask.Actor) && ask.Actor != Role.Viewer);
        }, 2000);

    [Fact]
    public void Explaining_says_of_every_possible_move_what_deciding_says() =>
        Generate.Check(Any, ask =>
        {
            var explained = PurchasePath.Explain(ask.Facts, ask.Rules, ask.Actor, Example.Now);
            return explained.Count == PurchasePath.Possible(ask.Facts.Position).Count
                && explained.All(said => Text(said) == Text(Decide(ask.Facts, Example.Move(said.Kind, said.To), ask.Rules, ask.Actor)));
        });

    [Fact]
    public void Fields_sent_with_a_move_count_like_facts_that_were_there_before() =>
        Generate.Check(Any, ask =>
        {
            var fields = ask.Move.Fields.Where(
                field => Generate.Catalog.Find(field.Key)?.Brings == MoveInputKind.Field && field.Key != FieldKey.Currency).ToDictionary();
            var sent = Decide(ask.Facts, ask.Move with { Fields = fields }, ask.Rules, ask.Actor);
            var there = Decide(ask.Facts.With(fields), ask.Move with { Fields = new Dictionary<string, Fact>() }, ask.Rules, ask.Actor);
            return Text(sent) == Text(there);
        }, 1000);

    [Fact]
    public void Facts_that_no_request_can_bring_are_not_taken_from_it() =>
        Generate.Check(Any, ask =>
        {
            var smuggled = ask.Move.Fields.Where(field => Generate.Catalog.Find(field.Key)?.Brings == MoveInputKind.Never).ToDictionary();
            var with = Decide(ask.Facts, ask.Move with { Fields = smuggled }, ask.Rules, ask.Actor);
            var without = Decide(ask.Facts, ask.Move with { Fields = new Dictionary<string, Fact>() }, ask.Rules, ask.Actor);
            return Text(with) == Text(without);
        });

    [Fact]
    public void Shadow_rules_change_no_answer_and_are_not_shown_to_the_mover() =>
        Generate.Check(Any, ask =>
        {
            var verdict = Decide(ask.Facts, ask.Move, ask.Rules, ask.Actor);
            var without = Decide(ask.Facts, ask.Move, WithoutShadow(ask.Rules), ask.Actor);
            return Text(verdict.ForMover()) == Text(without);
        }, 1000);

    [Fact]
    public void An_override_lets_through_only_rules_that_the_role_may_override() =>
        Generate.Check(Any, ask =>
        {
            var plain = Decide(ask.Facts, ask.Move with { Override = null }, ask.Rules, ask.Actor);
            var with = Decide(ask.Facts, ask.Move with { Override = new Override("other", "because") }, ask.Rules, ask.Actor);
            return with.Overridden.All(key => with.Conditions.Any(one => one.Rule == key && one.OverrideBy.Contains(ask.Actor)
                && one.Mode == RequirementMode.Block && one.RuleResult != Truth.True))
                && with.Conditions.Where(
                    one => one.Mode == RequirementMode.Block && one.RuleResult != Truth.True && !with.Overridden.Contains(one.Rule))
                    .Any() == (with.Result is VerdictKind.Refused or VerdictKind.NeedsFields && with.Reason == VerdictReason.Conditions)
                && plain.Overridden.Count == 0;
        }, 1000);

    [Fact]
    public void Bringing_the_fields_that_are_asked_for_settles_it() =>
        Generate.Check(
            from possible in Generate.PossibleMove
            from rules in Generate.RulesOf(
                Generate.EasyLeaf)
            from actor in Generate.Role
            select (possible, rules, actor),
            ask =>
            {
                var move = ask.possible.Move with { Fields = new Dictionary<string, Fact>() };
                var asked = Decide(ask.possible.Facts, move, ask.rules, ask.actor);
                if (asked.Result != VerdictKind.NeedsFields)
                {
                    return asked.Fields.Count == 0;
                }

                var fields = asked.Fields.ToDictionary(field => field, Filled);
                return asked.Fields.Count > 0 && Decide(ask.possible.Facts, move with { Fields = fields }, ask.rules, ask.actor).Moves;
            }, 2000);

    private static Fact Filled(string field) => Generate.Catalog.Find(field)!.Type switch
    {
        FactType.Date => Fact.Of(Example.Today),
        FactType.Number or FactType.Money or FactType.Count => Example.Number(7),
        FactType.Flag => Fact.Of(true),
        FactType.Text or FactType.Choice or FactType.User => Fact.Of("filled"),
        FactType.Choices => Fact.Of(ChoiceSet.Of(["acme"])),
    };

    private static RuleSet WithoutShadow(RuleSet rules) => rules with
    {
        Moves = [.. rules.Moves.Select(row => row with { Require = Seen(row.Require) })],
        Stages = rules.Stages.ToDictionary(stage => stage.Key,
            stage => stage.Value with { Enter = Seen(stage.Value.Enter), Leave = Seen(stage.Value.Leave) }),
    };

    private static List<Requirement> Seen(IReadOnlyList<Requirement> requirements) =>
        [.. requirements.Where(one => one.Mode != RequirementMode.Shadow)];
}
