using System.Net;
using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>What one may not see is not there: not by its id, in no list, in no count and in no sum.</summary>
public sealed class VisibilityTests(TestApp app) : IClassFixture<TestApp>
{
    /// <summary>No id and no instant is written with these digits and this point, so a text that holds them tells of the deal.</summary>
    private const string Amount = "741.25";

    private const string Worth = ",\"amount\":" + Amount + ",\"currency\":\"USD\",\"source\":\"website\"";

    [Fact]
    public async Task A_foreign_deal_is_not_found_by_any_call()
    {
        using var owner = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        using var foreign = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        var deal = await owner.NewDeal(more: Worth);
        var transition = (await owner.Move(deal, """{"kind":"advance","version":VERSION}"""))["transition"].GetProperty("id");
        foreach (var path in new[] { $"deals/{deal.Id}", $"deals/{deal.Id}/moves", $"deals/{deal.Id}/transitions",
            $"deals/{deal.Id}/history", $"deals/{deal.Id}/quotes", $"deals/{deal.Id}/payments" })
        {
            (await foreign.Get(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await foreign.Patch($"deals/{deal.Id}", """{"version":2,"title":"Mine"}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.Patch($"deals/{deal.Id}", """{"version":"two","colour":1}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.Move(deal, """{"kind":"advance","version":VERSION}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.Post($"transitions/{transition}/undo", null)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.Post($"deals/{deal.Id}/quotes", "{}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.Post($"deals/{deal.Id}/payments", """{"amount":1,"currency":"USD","method":"cash"}""")).IsProblem(
            HttpStatusCode.NotFound, "not-found");
        Assert.Equal(2, (await owner.Get($"deals/{deal.Id}")).Version);

        // What does not exist is answered the same, to the letter.
        Assert.Equal((await foreign.Get($"deals/{deal.Id}")).Text, (await foreign.Get($"deals/{DealId.New()}")).Text);
    }

    [Fact]
    public async Task A_foreign_deal_is_in_no_list_count_or_sum()
    {
        using var owner = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        using var foreign = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, null));
        var customer = await owner.NewCustomer();
        await owner.NewDeal(customer: customer, more: Worth);
        var lost = await owner.NewDeal(customer: customer, more: Worth);
        (await owner.Move(lost, """{"kind":"lose","version":VERSION,"reason":{"code":"price"}}""")).Is(HttpStatusCode.OK);

        foreach (var filter in new[] { "", $"owner={owner.User}", "search=deal", "source=website" })
        {
            Assert.Empty((await foreign.Get($"deals?{filter}")).IsOk(ShapeTests.List).Items);
            var board = (await foreign.Get($"board?{filter}")).Is(HttpStatusCode.OK);
            Assert.All(board["columns"].EnumerateArray(), column =>
                Assert.Equal((0, 0, 0), (column.GetProperty("count").GetInt32(), column.GetProperty("totals").GetArrayLength(),
                    column.GetProperty("items").GetArrayLength())));
            Assert.Equal((0, 0), (Count(board["lost"]), Count(board["completed"])));
            Assert.Empty((await foreign.Get($"board/awareness?{filter}")).Items);
        }

        foreach (var meaning in new[] { "passed", "snapshot" })
        {
            foreach (var filter in new[] { "", $"&owner={owner.User}", "&source=website" })
            {
                var funnel = (await foreign.Get($"funnel?meaning={meaning}{filter}")).Is(HttpStatusCode.OK);
                Assert.All(funnel["stages"].EnumerateArray(), stage => Assert.Equal((0, 0m, 0), (
                    stage.GetProperty("n").GetInt32(), stage.GetProperty("amount").GetDecimal(),
                    stage.GetProperty("lost").GetProperty("n").GetInt32())));
                var deals = (await foreign.Get($"funnel/deals?meaning={meaning}&stage=awareness&number=n{filter}")).Is(HttpStatusCode.OK);
                Assert.Equal((0, 0), (deals.Items.Count(), deals["total"].GetInt32()));
            }
        }

        var seen = (await foreign.Get($"customers/{customer}")).Is(HttpStatusCode.OK);
        Assert.Equal((0, 0, 0), (seen["deals"].GetArrayLength(), seen["archivedDeals"].GetArrayLength(), seen["openDeals"].GetInt32()));
        Assert.DoesNotContain(Amount, seen.Text, StringComparison.Ordinal);
        Assert.Contains(Amount, (await owner.Get($"customers/{customer}")).Text, StringComparison.Ordinal);

        // The owner is counted, so the noughts above mean something.
        Assert.Equal(1, (await owner.Get("board"))["columns"][0].GetProperty("count").GetInt32());
        Assert.Equal(741.25m, (await owner.Get("board"))["columns"][0].GetProperty("totals")[0].GetProperty("amount").GetDecimal());
        Assert.Equal(2, (await owner.Get("funnel"))["stages"][0].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_manager_sees_their_subtree_a_viewer_reads_it_and_neither_sees_beyond()
    {
        var top = await Seed.Team(app.Services, null);
        using var rep = await ApiClient.New(app, Role.Rep, await Seed.Team(app.Services, top));
        using var manager = await ApiClient.New(app, Role.Manager, top);
        using var viewer = await ApiClient.New(app, Role.Viewer, top);
        using var beside = await ApiClient.New(app, Role.Manager, await Seed.Team(app.Services, null));
        var deal = await rep.NewDeal(more: Worth);
        foreach (var (reader, count) in new[] { (rep, 1), (manager, 1), (viewer, 1), (beside, 0) })
        {
            Assert.Equal(count, (await reader.Get($"deals?team={top}")).Items.Count());
            Assert.Equal(count, (await reader.Get($"board?team={top}"))["columns"][0].GetProperty("count").GetInt32());
            Assert.Equal(count, (await reader.Get($"funnel?team={top}"))["stages"][0].GetProperty("n").GetInt32());
        }

        (await viewer.Patch($"deals/{deal.Id}", """{"version":1,"title":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await viewer.Post($"deals/{deal.Id}/payments", """{"amount":1,"currency":"USD","method":"cash"}""")).IsProblem(
            HttpStatusCode.Forbidden, "forbidden");
        (await viewer.Post("customers", """{"name":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await rep.Post("products", """{"name":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await rep.Patch($"deals/{deal.Id}", $$"""{"version":1,"ownerId":"{{manager.User}}"}""")).IsProblem(HttpStatusCode.Forbidden,
            "forbidden");
        (await manager.Patch($"deals/{deal.Id}", $$"""{"version":1,"ownerId":"{{manager.User}}"}""")).Is(HttpStatusCode.OK);
    }

    private static int Count(JsonElement strip) => strip.GetProperty("count").GetInt32();
}
