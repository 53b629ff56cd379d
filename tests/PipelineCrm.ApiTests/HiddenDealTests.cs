using System.Net;
using System.Text.RegularExpressions;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>No id, count, order, error of any answer tells of a deal that its reader may not see.</summary>
public sealed partial class HiddenDealTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Secret = "Skeleton Wharf";

    /// <summary>A deal that came of one that its owner may not see, and the reader of each side.</summary>
    private sealed record Family(ApiClient Before, ApiClient After, Reply Source, string Repurchased, string Referred, string Customer,
        string Transition, string Key, string Body);

    [Fact]
    public async Task A_deal_does_not_tell_in_any_answer_what_it_came_of()
    {
        var family = await NewFamily();
        foreach (var deal in new[] { family.Repurchased, family.Referred })
        {
            foreach (var path in Answers(deal, family.Customer))
            {
                var answer = await family.After.Get(path);
                DoesNotTell(answer, family.Source.Id, path);
                DoesNotTell(answer, Secret, path);
            }

            // Every answer of a write shows the deal, too.
            var now = await family.After.Get($"deals/{deal}");
            var patched = await family.After.Patch($"deals/{deal}", $$"""{"version":{{now.Version}},"amount":5,"currency":"USD"}""");
            DoesNotTell(patched, family.Source.Id, "patch");
            DoesNotTell(await family.After.Patch($"deals/{deal}", $$"""{"version":{{patched.Version}}}"""), family.Source.Id,
                "patch of nothing");
            DoesNotTell(await family.After.Patch($"deals/{deal}", """{"version":1,"amount":6}"""), family.Source.Id, "conflict",
                HttpStatusCode.Conflict);
            var lost = await family.After.Move(patched, """{"kind":"lose","version":VERSION,"reason":{"code":"price"}}""");
            DoesNotTell(lost, family.Source.Id, "move");
            var undone = await family.After.Post($"transitions/{lost["transition"].GetProperty("id")}/undo", null);
            DoesNotTell(undone, family.Source.Id, "undo");
            var version = undone["deal"].GetProperty("version").GetInt64();
            var archived = await family.After.Post($"deals/{deal}/archive", $$"""{"version":{{version}}}""");
            DoesNotTell(archived, family.Source.Id, "archive");
            DoesNotTell(await family.After.Get("deals?archived=true"), family.Source.Id, "archived");
            DoesNotTell(await family.After.Post($"deals/{deal}/restore", $$"""{"version":{{archived.Version}}}"""), family.Source.Id,
                "restore");
        }
    }

    [Fact]
    public async Task Whoever_does_see_it_is_told()
    {
        var family = await NewFamily();
        using var admin = await ApiClient.New(app, Role.Admin);
        Assert.Equal(family.Source.Id, (await admin.Get($"deals/{family.Repurchased}"))["previousDealId"].GetString());
        Assert.Equal(family.Source.Id, (await admin.Get($"deals/{family.Referred}"))["referredByDealId"].GetString());
        Assert.Contains(family.Source.Id, (await admin.Get($"deals/{family.Repurchased}/history")).Text, StringComparison.Ordinal);
        Assert.Contains(family.Repurchased, (await admin.Post($"transitions/{family.Transition}/undo", null)).IsProblem(
            HttpStatusCode.Conflict, "has-followers").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_came_of_a_deal_is_not_named_to_who_does_not_see_it()
    {
        var family = await NewFamily();
        var undo = (await family.Before.Post($"transitions/{family.Transition}/undo", null)).IsProblem(HttpStatusCode.Conflict,
            "has-followers");
        DoesNotTell(undo, family.Repurchased, "undo", HttpStatusCode.Conflict);
        var replayed = await family.Before.Post($"deals/{family.Source.Id}/moves", family.Body, family.Key);
        DoesNotTell(replayed, family.Repurchased, "the same move again");
        foreach (var path in Answers(family.Source.Id, family.Customer))
        {
            DoesNotTell(await family.Before.Get(path), family.Repurchased, path);
        }
    }

    [Fact]
    public async Task One_hidden_deal_more_changes_no_answer()
    {
        using var reader = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        using var owner = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        var customer = await reader.NewCustomer();
        var seen = await reader.NewDeal("consideration", customer);
        await reader.NewDeal("consideration", customer);
        await owner.NewDeal("consideration", customer);
        var paths = Answers(seen.Id, customer)
            .Concat(["customers", "deals?limit=1", "board/consideration?limit=1", "funnel?meaning=snapshot", "funnel?unit=deals"]).ToList();
        var before = await Texts(reader, paths);
        await owner.NewDeal("consideration", customer, $",\"amount\":7331,\"currency\":\"USD\"");
        Assert.Equal(before, await Texts(reader, paths));
        var detail = (await reader.Post($"customers/{customer}/archive", """{"version":1}""")).IsProblem(HttpStatusCode.Conflict,
            "has-open-deals");
        Assert.Equal(2, detail["openDeals"].GetInt32());
    }

    [Fact]
    public async Task A_hidden_deal_is_answered_to_the_letter_like_one_that_does_not_exist()
    {
        using var owner = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        using var reader = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        var hidden = await owner.NewDeal();
        var moved = (await owner.Move(hidden, """{"kind":"advance","version":VERSION,"fields":{"amount":1}}""")).Is(
            HttpStatusCode.OK)["transition"].GetProperty("id").ToString();
        var mine = await reader.NewDeal();
        foreach (var (method, path, body) in Calls(mine.Id))
        {
            var (one, other) = (await Send(reader, method, path, body, hidden.Id, moved),
                await Send(reader, method, path, body, DealId.New().ToString(), "999999999"));
            Assert.True((one.Status, one.Text) == (other.Status, other.Text),
                $"{method} {path} {body}: {one.Status} {one.Text} / {other.Status} {other.Text}");
        }

        Assert.Equal(2, (await owner.Get($"deals/{hidden.Id}")).Version);
    }

    [Fact]
    public async Task A_place_beside_a_hidden_card_is_no_place()
    {
        using var owner = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        using var reader = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        var bottom = await reader.NewDeal("consideration");
        var hidden = await owner.NewDeal("consideration");
        var top = await reader.NewDeal("consideration");
        foreach (var beside in new[] { "placeBefore", "placeAfter" })
        {
            var deal = await reader.NewDeal("awareness");
            (await reader.Move(deal, $$"""{"kind":"advance","version":VERSION,"fields":{"amount":1},"{{beside}}":"{{hidden.Id}}"}""")).Is(
                HttpStatusCode.OK);
            // On top, as where the neighbour is gone.
            var cards = (await reader.Get("board/consideration")).Items.Select(card => card.GetProperty("id").GetString()).ToList();
            Assert.Equal(deal.Id, cards[0]);
            Assert.Equal([top.Id, bottom.Id], cards[^2..]);
        }
    }

    private static IEnumerable<string> Answers(string deal, string customer) =>
    [
        $"deals/{deal}", $"deals/{deal}/history", $"deals/{deal}/history?part=changes", $"deals/{deal}/history?limit=1",
        $"deals/{deal}/transitions", $"deals/{deal}/moves",
        $"deals/{deal}/quotes", $"deals/{deal}/payments", "deals", $"deals?customer={customer}", "deals?outcome=open",
        $"deals?search={Uri.EscapeDataString("Deal")}",
        "board", "board/awareness", "board/consideration", $"customers/{customer}", $"customers/{customer}/history",
        "customers?search=Example",
        "funnel", "funnel?meaning=snapshot", "funnel/deals?meaning=snapshot&stage=consideration&number=n",
        "funnel/deals?stage=awareness&number=n",
    ];

    /// <summary>Every call that takes a deal or a transition; in a body it is the neighbour of one's own.</summary>
    private static IEnumerable<(HttpMethod Method, string Path, string? Body)> Calls(string mine) =>
    [
        (HttpMethod.Get, "deals/DEAL", null), (HttpMethod.Get, "deals/DEAL/moves", null), (HttpMethod.Get, "deals/DEAL/transitions", null),
        (HttpMethod.Get, "deals/DEAL/history", null), (HttpMethod.Get, "deals/DEAL/quotes", null),
        (HttpMethod.Get, "deals/DEAL/payments", null),
        (HttpMethod.Patch, "deals/DEAL", """{"version":1,"title":"Mine"}"""), (HttpMethod.Patch, "deals/DEAL", """{"version":"x"}"""),
        (HttpMethod.Patch, "deals/DEAL", "{"),
        (HttpMethod.Post, "deals/DEAL/moves", """{"kind":"advance","version":2}"""),
        (HttpMethod.Post, "deals/DEAL/moves", """{"kind":"none"}"""),
        (HttpMethod.Post, "deals/DEAL/moves",
            """{"kind":"advance","version":2,"fields":{"ownerId":"00000000-0000-0000-0000-000000000001"}}"""),
        (HttpMethod.Post, "deals/DEAL/archive", """{"version":2}"""), (HttpMethod.Post, "deals/DEAL/restore", """{"version":2}"""),
        (HttpMethod.Post, "deals/DEAL/archive", "{"),
        (HttpMethod.Post, "deals/DEAL/place", $$"""{"above":"{{mine}}"}"""),
        (HttpMethod.Post, $"deals/{mine}/place", """{"above":"DEAL"}"""),
        (HttpMethod.Post, $"deals/{mine}/place", """{"below":"DEAL"}"""), (HttpMethod.Post, "deals/DEAL/quotes", "{}"),
        (HttpMethod.Post, "deals/DEAL/payments", "{}"),
        (HttpMethod.Post, "deals/DEAL/payments", """{"amount":1,"currency":"USD","method":"cash"}"""),
        (HttpMethod.Post, "transitions/TRANSITION/undo", null),
        (HttpMethod.Post, "transitions/TRANSITION/undo", """{"resolve":{"none":"keep"}}"""),
    ];

    private static Task<Reply> Send(ApiClient client, HttpMethod method, string path, string? body, string deal, string transition)
    {
        string? Of(string? text) =>
            text?.Replace("DEAL", deal, StringComparison.Ordinal).Replace("TRANSITION", transition, StringComparison.Ordinal);
        return client.Send(method, Of(path)!, Of(body), ("Idempotency-Key", "the same"));
    }

    private static async Task<List<string>> Texts(ApiClient reader, IReadOnlyList<string> paths)
    {
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add($"{path} {Seconds().Replace((await reader.Get(path)).Is(HttpStatusCode.OK).Text, "\"0\"")}");
        }

        return texts;
    }

    private static void DoesNotTell(Reply reply, string id, string where, HttpStatusCode status = HttpStatusCode.OK)
    {
        Assert.True(reply.Status == status, $"{where}: {reply.Status} {reply.Text}");
        Assert.False(reply.Text.Contains(id, StringComparison.Ordinal), $"{where}: {reply.Text}");
    }

    private async Task<Family> NewFamily()
    {
        var before = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        var after = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        using var admin = await ApiClient.New(app, Role.Admin);
        var customer = await before.NewCustomer();
        var deal = await before.NewDeal(customer: customer);
        deal = await before.Patch($"deals/{deal.Id}", $$"""{"version":{{deal.Version}},"title":"{{Secret}}"}""");
        var source = await before.Advanced(deal, Stage.PostPurchase);
        var other = await before.NewCustomer();
        var referred = (await before.Move(source,
            $$"""{"kind":"refer","version":VERSION,"customerId":"{{other}}","fields":{"title":"Deal referred"} }""")).Is(HttpStatusCode.OK);
        source = await before.Get($"deals/{source.Id}");
        const string key = "again";
        var body = $$"""{"kind":"repurchase","version":{{source.Version}},"fields":{"title":"Deal again"} }""";
        var again = (await before.Post($"deals/{source.Id}/moves", body, key)).Is(HttpStatusCode.OK);
        var ids = new[] { again, referred }.Select(reply => reply["created"].GetProperty("id").GetString()!).ToArray();
        foreach (var id in ids)
        {
            (await admin.Patch($"deals/{id}", $$"""{"version":1,"ownerId":"{{after.User}}"}""")).Is(HttpStatusCode.OK);
        }

        (await after.Get($"deals/{source.Id}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await before.Get($"deals/{ids[0]}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        return new Family(before, after, source, ids[0], ids[1], customer, again["transition"].GetProperty("id").ToString(), key, body);
    }

    [GeneratedRegex("(?<=\"secondsInStage\":)\\d+|(?<=\"instant\":)\"[^\"]+\"|(?<=\"median\\w*\":)[0-9.E-]+")]
    private static partial Regex Seconds();
}
