using System.Text.Json;
using PipelineCrm.Domain;
using static PipelineCrm.Tests.Domain.Example;

namespace PipelineCrm.Tests.Domain;

public class RuleSetJsonTests
{
    private const string Contract = """
        {"moves":[{"kind":"advance","from":"awareness","to":"consideration","roles":["rep","manager","admin"],"require":[]}],
         "stages":{"decision":{"enter":[{"key":"decision-basics","all":[{"field":"amount","op":"filled"},{"any":[{"field":"quotes","op":"gte","value":1},{"field":"payments","op":"gte","value":{"field":"amount"}}]}],
         "mode":"block","message":{"en":"Fill in the amount.","zh-CN":"请填写金额。"},"overrideBy":["manager"]}],"leave":[],"maxDays":30}}}
        """;

    [Fact]
    public void The_example_of_the_contract_is_read_and_written_as_it_stands()
    {
        var (rules, flaws) = RuleSetJson.Parse(Contract);
        Assert.Empty(flaws);
        Assert.Equal(Canonical(Contract), Canonical(RuleSetJson.Write(rules!)));
    }

    [Fact]
    public void Random_good_rule_sets_have_no_flaw_and_survive_writing_and_reading() =>
        Generate.Check(Generate.Rules, rules =>
        {
            var (read, flaws) = RuleSetJson.Parse(RuleSetJson.Write(rules), Generate.Catalog);
            return flaws.Count == 0 && RuleSetJson.Write(read!) == RuleSetJson.Write(rules);
        });

    [Fact]
    public void Whatever_is_cut_out_of_a_text_reading_it_gives_rules_or_flaws_but_no_exception() =>
        Generate.Check(FsCheck.Fluent.Gen.Choose(0, Contract.Length - 20), at =>
        {
            var (rules, flaws) = RuleSetJson.Parse(Contract.Remove(at, 7));
            return rules is not null || flaws.Count > 0;
        });

    [Theory]
    [InlineData("\"en\":\"Fill in the amount.\",", "")]
    [InlineData(",\"zh-CN\":\"请填写金额。\"", "")]
    public void A_message_in_one_language_suffices(string good, string bad)
    {
        var (rules, flaws) = RuleSetJson.Parse(Contract.Replace(good, bad, StringComparison.Ordinal));
        Assert.Empty(flaws);
        Assert.Single(rules!.Rules()[0].Requirement.Message);
    }

    [Theory]
    [InlineData("\"op\":\"filled\"", "\"op\":\"contains\"", RuleIssueKind.UnknownOperator, "stages.decision.enter[0].all[0].op")]
    [InlineData("\"field\":\"amount\",\"op\":\"filled\"", "\"field\":\"colour\",\"op\":\"filled\"", RuleIssueKind.UnknownField,
        "stages.decision.enter[0].all[0].field")]
    [InlineData("\"value\":1", "\"value\":\"one\"", RuleIssueKind.BadValue, "stages.decision.enter[0].all[1].any[0].value")]
    [InlineData("\"value\":{\"field\":\"amount\"}", "\"value\":{\"field\":\"title\"}", RuleIssueKind.BadValue,
        "stages.decision.enter[0].all[1].any[1].value")]
    [InlineData("\"op\":\"filled\"", "\"op\":\"filled\",\"value\":3", RuleIssueKind.BadValue, "stages.decision.enter[0].all[0].value")]
    [InlineData("\"field\":\"amount\",\"op\":\"filled\"", "\"field\":\"title\",\"op\":\"matches\",\"value\":\"(?=x)\"",
        RuleIssueKind.BadPattern, "stages.decision.enter[0].all[0].value")]
    [InlineData("{\"en\":\"Fill in the amount.\",\"zh-CN\":\"请填写金额。\"}", "{}", RuleIssueKind.MissingMessage,
        "stages.decision.enter[0].message.en")]
    [InlineData("\"en\":\"Fill in the amount.\",\"zh-CN\":\"请填写金额。\"", "\"en\":\" \",\"zh-CN\":\"\"", RuleIssueKind.MissingMessage,
        "stages.decision.enter[0].message.en")]
    [InlineData("\"to\":\"consideration\"", "\"to\":\"decision\"", RuleIssueKind.ImpossibleMove, "moves[0]")]
    [InlineData("[\"rep\",\"manager\",\"admin\"]", "[]", RuleIssueKind.NoRoles, "moves[0].roles")]
    [InlineData("[\"rep\",\"manager\",\"admin\"]", "[\"viewer\"]", RuleIssueKind.ViewerWrites, "moves[0].roles")]
    [InlineData("\"maxDays\":30", "\"maxDays\":30,\"warnDays\":31", RuleIssueKind.BadWarning, "stages.decision.warnDays")]
    [InlineData("\"maxDays\":30", "\"maxDays\":0", RuleIssueKind.BadDays, "stages.decision.maxDays")]
    [InlineData("decision-basics", "Decision basics!", RuleIssueKind.BadKey, "stages.decision.enter[0].key")]
    [InlineData("\"mode\":\"block\",", "", RuleIssueKind.Shape, "stages.decision.enter[0].mode")]
    [InlineData("\"maxDays\":30", "\"maxDays\":30,\"colour\":\"red\"", RuleIssueKind.Shape, "$.stages.decision.colour")]
    [InlineData("\"kind\":\"advance\"", "\"kind\":\"fly\"", RuleIssueKind.Shape, "$.moves[0].kind")]
    [InlineData("{\"field\":\"quotes\",\"op\":\"gte\",\"value\":1}", "{\"all\":[{\"field\":\"quotes\",\"op\":\"filled\"}]}",
        RuleIssueKind.TooDeep, "stages.decision.enter[0].all[1].any[0]")]
    public void Each_flaw_is_found_where_it_is(string good, string bad, object kind, string path)
    {
        var (_, flaws) = RuleSetJson.Parse(Contract.Replace(good, bad, StringComparison.Ordinal));
        Assert.Contains(new RuleIssue(path, (RuleIssueKind)kind), flaws.Select(flaw => flaw with { About = null }));
    }

    [Fact]
    public void One_key_names_one_rule_which_may_stand_in_several_places()
    {
        var same = Blocking("same", Leaf(FieldKey.Amount, Operator.Filled));
        Assert.Empty(RuleSetValidator.Check(In(same, same)));
        Assert.Contains(RuleSetValidator.Check(In(same, Blocking("same", Leaf(FieldKey.Title, Operator.Filled)))),
            flaw => flaw.Kind == RuleIssueKind.DuplicateKey);
        Assert.Contains(RuleSetValidator.Check(Entering(Stage.Decision, same, same)), flaw => flaw.Kind == RuleIssueKind.DuplicateKey);

        static RuleSet In(Requirement decision, Requirement purchase) => Defaults with
        {
            Stages = new Dictionary<Stage, StageRules> { [Stage.Decision] = new([decision], []), [Stage.Purchase] = new([purchase], []) },
        };
    }

    [Fact]
    public void A_move_stands_in_one_row_only() =>
        Assert.Contains(new RuleIssue("moves[1]", RuleIssueKind.DuplicateMove),
            RuleSetValidator.Check(Defaults with { Moves = [Defaults.Moves[0], Defaults.Moves[0]] }));

    private static string Canonical(string json) => JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(json));
}
