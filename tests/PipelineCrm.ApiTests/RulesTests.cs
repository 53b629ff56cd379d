using System.Net;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>The rules of stages from outside: read, drafted against an ETag, published.</summary>
public sealed class RulesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_draft_is_saved_only_over_what_its_author_has_read_and_holds_once_it_is_published()
    {
        using var admin = await ApiClient.New(app, Role.Admin);
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        var inForce = (await rep.Get("rules")).IsOk("moves stages");
        Reply.HasShape("from kind require roles to", inForce["moves"][0]);
        Reply.HasShape("enter leave maxDays", inForce["stages"].GetProperty("decision"));
        Reply.HasShape("all key message mode overrideBy", inForce["stages"].GetProperty("decision").GetProperty("enter")[0]);
        Assert.Equal(inForce.Text, (await rep.Get("rules?version=2")).Text);

        var draft = (await admin.Get("rules?version=draft")).IsOk("moves stages");
        var (seen, mine, theirs) = (draft.Headers["ETag"], WithMaxDays(draft.Text, 3), WithMaxDays(draft.Text, 4));
        (await admin.Send(HttpMethod.Put, "rules/draft", mine)).IsProblem(HttpStatusCode.BadRequest, "validation", "If-Match");
        var saved = (await admin.Send(HttpMethod.Put, "rules/draft", mine, ("If-Match", seen))).IsOk("etag lint");
        Assert.Equal(0, saved["lint"].GetArrayLength());
        Assert.Equal($"\"{saved["etag"].GetString()}\"", saved.Headers["ETag"]);
        Assert.NotEqual(seen, saved.Headers["ETag"]);
        (await admin.Send(HttpMethod.Put, "rules/draft", theirs, ("If-Match", seen))).IsProblem(HttpStatusCode.PreconditionFailed,
            "draft-changed");
        Assert.Contains("\"maxDays\":3", (await admin.Get("rules?version=draft")).Text, StringComparison.Ordinal);
        Assert.Equal(inForce.Text, (await rep.Get("rules")).Text);

        (await admin.Post("rules/publish", """{"note":" "}""")).IsProblem(HttpStatusCode.BadRequest, "validation", "note");
        var later = (await admin.Post("rules/publish", """{"note":"Later","at":"2031-01-01T00:00:00Z"}""")).IsProblem(
            HttpStatusCode.BadRequest, "validation", "at");
        Assert.Contains("not yet", later["errors"].ToString(), StringComparison.Ordinal);
        var published = (await admin.Post("rules/publish", """{"note":"Hurry"}""")).IsOk("version");
        Assert.Equal(3, published.Version);
        Assert.Equal(3, (await rep.Get($"deals/{deal.Id}/moves"))["ruleSet"].GetInt32());
        var moved = (await rep.Move(deal, """{"kind":"advance","version":VERSION}""")).Is(HttpStatusCode.OK);
        Assert.Equal(3, moved["transition"].GetProperty("ruleSet").GetInt32());

        Reply.HasShape("by byName inForce note publishedAt version",
            (await rep.Get("rules/versions?limit=1")).IsOk(ShapeTests.List).Items.Single());
        Assert.Equal(4, (await admin.Post("rules/versions/2/restore", """{"note":"Back"}""")).IsOk("version").Version);
        Assert.Equal(inForce.Text, (await rep.Get("rules?version=4")).Text);
        (await rep.Get("rules?version=99")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("{}", "moves", "stages")]
    [InlineData("""{"moves":null,"stages":{}}""", "moves")]
    [InlineData("""{"moves":[null],"stages":{}}""", "moves[0]")]
    [InlineData("""{"moves":[{"kind":"advance","from":"awareness","to":"consideration","roles":["rep"],"require":[null]}],"stages":{}}""",
        "moves[0].require[0]")]
    [InlineData("""{"moves":[],"stages":{"decision":null}}""", "stages.decision")]
    [InlineData("""{"moves":[],"stages":{"decision":{"enter":[null],"leave":[null]}}}""", "stages.decision.enter[0]",
        "stages.decision.leave[0]")]
    public async Task A_draft_that_is_not_whole_is_refused_where_something_is_missing(string draft, params string[] paths)
    {
        using var admin = await ApiClient.New(app, Role.Admin);
        var seen = (await admin.Get("rules?version=draft")).IsOk("moves stages");
        var refused = await admin.Send(HttpMethod.Put, "rules/draft", draft, ("If-Match", seen.Headers["ETag"]));
        refused.IsProblem(HttpStatusCode.BadRequest, "validation", paths);
        Assert.Equal(seen.Text, (await admin.Get("rules?version=draft")).Text);
    }

    [Fact]
    public async Task Only_an_admin_reads_the_draft_and_writes_rules()
    {
        using var manager = await ApiClient.New(app, Role.Manager);
        (await manager.Get("rules?version=draft")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await manager.Send(HttpMethod.Put, "rules/draft", "{}", ("If-Match", "\"0\""))).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await manager.Post("rules/publish", """{"note":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await manager.Post("rules/versions/1/restore", """{"note":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"moves":[{"kind":"advance","from":"awareness","to":"purchase","roles":["rep"],"require":[]}],"stages":{}}""")]
    [InlineData("""{"moves":[],"stages":{"decision":{"enter":[{"key":"k","all":[{"field":"colour","op":"filled"}],"mode":"block","message":{"en":"Say","zh-CN":"说"},"overrideBy":[]}],"leave":[]}}}""")]
    [InlineData("""{"moves":[],"stages":{"limbo":{"enter":[],"leave":[]}}}""")]
    public async Task A_rule_set_that_is_none_is_refused_and_the_draft_stays(string content)
    {
        using var admin = await ApiClient.New(app, Role.Admin);
        var before = await admin.Get("rules?version=draft");
        var no = await admin.Send(HttpMethod.Put, "rules/draft", content, ("If-Match", before.Headers["ETag"]));
        no.IsProblem(HttpStatusCode.BadRequest, "validation", [.. Reply.Names(no["errors"])]);
        Assert.NotEmpty(Reply.Names(no["errors"]));
        Assert.Equal(before.Text, (await admin.Get("rules?version=draft")).Text);
    }

    private static string WithMaxDays(string rules,
        int days) => rules.Replace("\"maxDays\":14", $"\"maxDays\":{days}", StringComparison.Ordinal);
}
