using System.Net;
using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>What a move answers, and in which order it is checked: 401, 404, 400, idempotency, 409, 403, 422.</summary>
public sealed class MoveTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Advance = """{"kind":"advance","version":VERSION}""";

    [Fact]
    public async Task The_checks_come_in_the_order_of_the_contract()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var foreign = await ApiClient.New(app, Role.Rep);
        using var viewer = await ApiClient.New(app, Role.Viewer, await TeamOf(rep));
        using var nobody = new ApiClient(app.Address, null);
        var deal = await rep.NewDeal();
        var path = $"deals/{deal.Id}/moves";

        // Everything is wrong at once; one after the other is put right.
        (await nobody.Post(path, "{")).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        (await foreign.Post(path, "{")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await viewer.Post(path, "{")).IsProblem(HttpStatusCode.BadRequest, "validation", "body");
        (await viewer.Post(path, """{"kind":"advance","version":7}""")).IsProblem(HttpStatusCode.BadRequest, "idempotency-key-missing");
        (await viewer.Post(path, """{"kind":"skip","to":"purchase","version":7}""", "k")).IsProblem(HttpStatusCode.Conflict, "conflict");
        (await viewer.Post(path, """{"kind":"skip","to":"purchase","version":1}""", "k")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await rep.Post(path, """{"kind":"skip","to":"purchase","version":1}""", "k")).IsProblem(HttpStatusCode.UnprocessableEntity,
            "move-refused");

        // An accepted move is remembered before its version counts.
        var moved = await rep.Move(deal, Advance, "once");
        Assert.Equal(moved.Is(HttpStatusCode.OK).Text, (await rep.Move(deal, Advance, "once")).Is(HttpStatusCode.OK).Text);
        (await rep.Post(path, """{"kind":"advance","version":7}""", "once")).IsProblem(HttpStatusCode.UnprocessableEntity,
            "idempotency-key-reused");
        (await rep.Post(path, """{"kind":"hop","version":1}""", "once")).IsProblem(HttpStatusCode.BadRequest, "validation", "kind");
        (await rep.Move(deal, Advance)).IsProblem(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task A_key_is_the_callers_own_and_stands_for_one_request()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var admin = await ApiClient.New(app, Role.Admin);
        var (one, other) = (await rep.NewDeal(), await rep.NewDeal());
        var first = (await rep.Move(one, Advance, "key")).Is(HttpStatusCode.OK);
        (await admin.Move(other, Advance, "key")).Is(HttpStatusCode.OK);
        (await rep.Move(other, Advance, "key")).IsProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");

        // The same body in another order and spacing is the same body.
        var again = await rep.Post($"deals/{one.Id}/moves", """{ "version" : 1, "kind" : "advance" }""", "key");
        Assert.Equal(first.Text, again.Is(HttpStatusCode.OK).Text);
        Assert.Equal(2, (await rep.Get($"deals/{one.Id}/transitions")).Items.Count());

        foreach (var wrong in new[] { "", new string('k', 201) })
        {
            (await rep.Move(other, Advance, wrong)).IsProblem(HttpStatusCode.BadRequest, "idempotency-key-missing");
        }

        // A refused move takes no key.
        (await rep.Post($"deals/{one.Id}/moves", """{"kind":"skip","to":"purchase","version":2}""", "later")).IsProblem(
            HttpStatusCode.UnprocessableEntity, "move-refused");
        (await rep.Post($"deals/{one.Id}/moves", """{"kind":"advance","version":2,"fields":{"amount":1,"expectedClose":"2031-01-01"}}""",
            "later")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_conflict_says_what_changed_who_did_it_and_the_version_to_go_on_from()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var admin = await ApiClient.New(app, Role.Admin);
        var deal = await rep.NewDeal();
        (await admin.Patch($"deals/{deal.Id}", """{"version":1,"title":"Renamed"}""")).Is(HttpStatusCode.OK);
        var fields = (await rep.Move(deal, Advance)).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(("fields", "title", admin.User.ToString(), 2), (
            fields["changed"].GetString(), fields["fields"].EnumerateArray().Single().GetString(), fields["by"].GetString(),
            fields["version"].GetInt32()));
        Assert.True(fields["at"].GetDateTimeOffset() > DateTimeOffset.UnixEpoch);

        (await admin.Post($"deals/{deal.Id}/moves", """{"kind":"advance","version":2}""", "k")).Is(HttpStatusCode.OK);
        var stage = (await rep.Move(deal, Advance)).IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(("stage", 3), (stage["changed"].GetString(), stage["version"].GetInt32()));
        (await rep.Patch($"deals/{deal.Id}", """{"version":1,"title":"Mine"}""")).IsProblem(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task A_deal_is_placed_between_its_neighbours_by_who_may_move_it()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var viewer = await ApiClient.New(app, Role.Viewer, await TeamOf(rep));
        using var foreign = await ApiClient.New(app, Role.Rep);
        var (low, middle, top) = (await rep.NewDeal(), await rep.NewDeal(), await rep.NewDeal());
        var (path, between) = ($"deals/{top.Id}/place", $$"""{"above":"{{middle.Id}}","below":"{{low.Id}}"}""");
        (await foreign.Post(path, "{")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await viewer.Post(path, between)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await rep.Post(path, "{}")).IsProblem(HttpStatusCode.BadRequest, "validation", "below");
        (await rep.Post(path, between)).Is(HttpStatusCode.NoContent);
        var board = await rep.Get($"board?owner={rep.User}");
        Assert.Equal([middle.Id, top.Id, low.Id],
            board["columns"][0].GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));

        (await rep.Move(low, """{"kind":"lose","version":VERSION,"reason":{"code":"price"}}""")).Is(HttpStatusCode.OK);
        (await rep.Post(path, $$"""{"below":"{{low.Id}}"}""")).IsProblem(HttpStatusCode.Conflict, "conflict");
    }

    [Fact]
    public async Task A_no_carries_its_verdict_and_only_refused_ones_are_kept()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal("consideration");
        await Refused("""{"kind":"advance","version":VERSION}""", "needsFields");
        await Refused("""{"kind":"lose","version":VERSION}""", "needsFields");
        await Refused("""{"kind":"complete","version":VERSION}""", "refused");
        await Refused("""{"kind":"skip","to":"purchase","version":VERSION}""", "refused");
        Assert.Equal(1, (await rep.Get($"deals/{deal.Id}")).Version);
        var history = (await rep.Get($"deals/{deal.Id}/history?part=moves")).IsOk(ShapeTests.List).Items.ToList();
        Assert.All(history, entry => Reply.HasShape(ShapeTests.History, entry));
        var refusals = history.Select(entry => entry.GetProperty("refusal")).Where(refusal => refusal.ValueKind != JsonValueKind.Null)
            .ToList();
        Assert.All(refusals, refusal => Reply.HasShape("conditions fields firstAt id kind reason ruleSet times to", refusal));
        Assert.Equal(["skip", "complete"], refusals.Select(refusal => refusal.GetProperty("kind").GetString()));

        async Task Refused(string json, string verdict)
        {
            var no = (await rep.Move(deal, json)).IsProblem(HttpStatusCode.UnprocessableEntity, "move-refused");
            Reply.HasShape(ShapeTests.Verdict, no["verdict"]);
            Assert.Equal(verdict, no["verdict"].GetProperty("verdict").GetString());
        }
    }

    [Fact]
    public async Task A_rule_that_the_request_cannot_meet_is_overridden_only_by_who_may()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var admin = await ApiClient.New(app, Role.Admin);
        var deal = await rep.Advanced(await rep.NewDeal(), Stage.Purchase, paid: 999);
        const string against = """{"kind":"advance","version":VERSION,"override":{"code":"other","text":"They pay next week"}}""";
        var refused = (await rep.Move(deal, against)).IsProblem(HttpStatusCode.UnprocessableEntity, "move-refused");
        Assert.Contains("manager",
            refused["verdict"].GetProperty("conditions")[0].GetProperty("overrideBy").EnumerateArray().Select(role => role.GetString()));
        (await admin.Move(deal, """{"kind":"advance","version":VERSION,"override":{"code":"no such","text":"Because"}}""")).IsProblem(
            HttpStatusCode.BadRequest, "validation", "override.code");
        var moved = (await admin.Move(deal, against)).Is(HttpStatusCode.OK);
        Assert.Equal(("other", "They pay next week"), (
            moved["transition"].GetProperty("override").GetProperty("code").GetString(),
            moved["transition"].GetProperty("override").GetProperty("text").GetString()));
        Assert.NotEqual(0, moved["warnings"].GetArrayLength());
    }

    [Fact]
    public async Task Undo_says_what_stands_in_its_way()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var admin = await ApiClient.New(app, Role.Admin);
        var deal = await rep.NewDeal("consideration");
        var first = (await rep.Move(deal,
            """{"kind":"advance","version":VERSION,"fields":{"amount":5,"expectedClose":"2031-01-01"}}"""))["transition"].GetProperty("id")
            .GetInt64();
        (await rep.Post($"deals/{deal.Id}/moves", """{"kind":"back","to":"consideration","version":2,"reason":{"text":"Too early"}}""",
            "back")).Is(HttpStatusCode.OK);
        var later = (await rep.Post($"transitions/{first}/undo", "{}")).IsProblem(HttpStatusCode.Conflict, "not-latest");
        var second = later["later"][0].GetProperty("id").GetInt64();
        (await rep.Post($"transitions/{second}/undo", null)).Is(HttpStatusCode.OK);
        (await rep.Post($"transitions/{second}/undo", null)).IsProblem(HttpStatusCode.UnprocessableEntity, "move-refused");

        (await admin.Patch($"deals/{deal.Id}", """{"version":4,"amount":6}""")).Is(HttpStatusCode.OK);
        var changed = (await rep.Post($"transitions/{first}/undo", null)).IsProblem(HttpStatusCode.Conflict, "fields-changed");
        Assert.Equal("amount", changed["fields"].EnumerateArray().Single().GetString());
        (await rep.Post($"transitions/{first}/undo", """{"resolve":{"amount":"both"}}""")).IsProblem(HttpStatusCode.BadRequest,
            "validation", "resolve.amount");
        var undone = (await rep.Post($"transitions/{first}/undo", """{"resolve":{"amount":"keep"}}""")).Is(HttpStatusCode.OK);
        Assert.Equal((6m, "consideration"),
            (undone["deal"].GetProperty("amount").GetDecimal(), undone["deal"].GetProperty("stage").GetString()));

        (await rep.Post("transitions/999999999/undo", null)).IsProblem(HttpStatusCode.NotFound, "not-found");
        using var foreign = await ApiClient.New(app, Role.Rep);
        (await foreign.Post($"transitions/{first}/undo", null)).IsProblem(HttpStatusCode.NotFound, "not-found");
        using var viewer = await ApiClient.New(app, Role.Viewer, await TeamOf(rep));
        (await viewer.Post($"transitions/{(await rep.Get($"deals/{deal.Id}/transitions")).Items.First().GetProperty("id")}/undo",
            null)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task What_followed_from_a_move_stands_in_the_way_of_its_undo()
    {
        using var admin = await ApiClient.New(app, Role.Admin);
        var deal = await admin.Advanced(await admin.NewDeal(), Stage.PostPurchase);
        var again = (await admin.Move(deal, """{"kind":"repurchase","version":VERSION}""")).Is(HttpStatusCode.OK);
        var (transition, follower) = (again["transition"].GetProperty("id"), again["created"].GetProperty("id"));
        (await admin.Patch($"deals/{follower}", """{"version":1,"title":"Touched"}""")).Is(HttpStatusCode.OK);
        var no = (await admin.Post($"transitions/{transition}/undo", null)).IsProblem(HttpStatusCode.Conflict, "has-followers");
        Assert.Equal(follower.GetString(), no["follower"].GetString());
    }

    /// <summary>Puts somebody into a team of their own, which a viewer may read then.</summary>
    private async Task<TeamId> TeamOf(ApiClient client)
    {
        var team = await Seed.Team(app.Services, null);
        await Seed.Join(app.Services, client.User, team);
        return team;
    }
}
