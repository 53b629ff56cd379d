using System.Net;
using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Api;

/// <summary>What one may not see is not there: not by its id, in no list, in no count and in no sum.</summary>
public sealed class VisibilityTests(RunningApp app) : IClassFixture<RunningApp>
{
    private const string Worth = ",\"amount\":700,\"currency\":\"USD\",\"source\":\"website\"";

    [Fact]
    public async Task A_foreign_deal_is_not_found_by_any_call()
    {
        using var owner = await ApiClient.NewAsync(app, Role.Rep, await Seed.TeamAsync(app.Services, null));
        using var foreign = await ApiClient.NewAsync(app, Role.Rep, await Seed.TeamAsync(app.Services, null));
        var deal = await owner.NewDealAsync(more: Worth);
        var transition = (await owner.MoveAsync(deal, """{"kind":"advance","version":VERSION}"""))["transition"].GetProperty("id");
        foreach (var path in new[] { $"deals/{deal.Id}", $"deals/{deal.Id}/moves", $"deals/{deal.Id}/transitions", $"deals/{deal.Id}/history", $"deals/{deal.Id}/quotes", $"deals/{deal.Id}/payments" })
        {
            (await foreign.GetAsync(path)).IsProblem(HttpStatusCode.NotFound, "not-found");
        }

        (await foreign.PatchAsync($"deals/{deal.Id}", """{"version":2,"title":"Mine"}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.PatchAsync($"deals/{deal.Id}", """{"version":"two","colour":1}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.MoveAsync(deal, """{"kind":"advance","version":VERSION}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.PostAsync($"transitions/{transition}/undo", null)).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.PostAsync($"deals/{deal.Id}/quotes", "{}")).IsProblem(HttpStatusCode.NotFound, "not-found");
        (await foreign.PostAsync($"deals/{deal.Id}/payments", """{"amount":1,"currency":"USD","method":"cash"}""")).IsProblem(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(2, (await owner.GetAsync($"deals/{deal.Id}")).Version);

        // What does not exist is answered the same, to the letter.
        Assert.Equal((await foreign.GetAsync($"deals/{deal.Id}")).Text, (await foreign.GetAsync($"deals/{DealId.New()}")).Text);
    }

    [Fact]
    public async Task A_foreign_deal_is_in_no_list_count_or_sum()
    {
        using var owner = await ApiClient.NewAsync(app, Role.Rep, await Seed.TeamAsync(app.Services, null));
        using var foreign = await ApiClient.NewAsync(app, Role.Rep, await Seed.TeamAsync(app.Services, null));
        var customer = await owner.NewCustomerAsync();
        await owner.NewDealAsync(customer: customer, more: Worth);
        var lost = await owner.NewDealAsync(customer: customer, more: Worth);
        (await owner.MoveAsync(lost, """{"kind":"lose","version":VERSION,"reason":{"code":"price"}}""")).Is(HttpStatusCode.OK);

        foreach (var filter in new[] { "", $"owner={owner.User}", "search=deal", "source=website" })
        {
            Assert.Empty((await foreign.GetAsync($"deals?{filter}")).IsOk(ShapeTests.List).Items);
            var board = (await foreign.GetAsync($"board?{filter}")).Is(HttpStatusCode.OK);
            Assert.All(board["columns"].EnumerateArray(), column =>
                Assert.Equal((0, 0, 0), (column.GetProperty("count").GetInt32(), column.GetProperty("totals").GetArrayLength(), column.GetProperty("items").GetArrayLength())));
            Assert.Equal((0, 0), (Count(board["lost"]), Count(board["completed"])));
            Assert.Empty((await foreign.GetAsync($"board/awareness?{filter}")).Items);
        }

        foreach (var meaning in new[] { "passed", "snapshot" })
        {
            foreach (var filter in new[] { "", $"&owner={owner.User}", "&source=website" })
            {
                var funnel = (await foreign.GetAsync($"funnel?meaning={meaning}{filter}")).Is(HttpStatusCode.OK);
                Assert.All(funnel["stages"].EnumerateArray(), stage => Assert.Equal((0, 0m, 0), (
                    stage.GetProperty("n").GetInt32(), stage.GetProperty("amount").GetDecimal(), stage.GetProperty("lost").GetProperty("n").GetInt32())));
                var deals = (await foreign.GetAsync($"funnel/deals?meaning={meaning}&stage=awareness&number=n{filter}")).Is(HttpStatusCode.OK);
                Assert.Equal((0, 0), (deals.Items.Count(), deals["total"].GetInt32()));
            }
        }

        var seen = (await foreign.GetAsync($"customers/{customer}")).Is(HttpStatusCode.OK);
        Assert.Equal((0, 0, 0), (seen["deals"].GetArrayLength(), seen["archivedDeals"].GetArrayLength(), seen["openDeals"].GetInt32()));
        Assert.DoesNotContain("700", seen.Text, StringComparison.Ordinal);

        // The owner is counted, so the noughts above mean something.
        Assert.Equal(1, (await owner.GetAsync("board"))["columns"][0].GetProperty("count").GetInt32());
        Assert.Equal(700m, (await owner.GetAsync("board"))["columns"][0].GetProperty("totals")[0].GetProperty("amount").GetDecimal());
        Assert.Equal(2, (await owner.GetAsync("funnel"))["stages"][0].GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_manager_sees_their_subtree_a_viewer_reads_it_and_neither_sees_beyond()
    {
        var top = await Seed.TeamAsync(app.Services, null);
        using var rep = await ApiClient.NewAsync(app, Role.Rep, await Seed.TeamAsync(app.Services, top));
        using var manager = await ApiClient.NewAsync(app, Role.Manager, top);
        using var viewer = await ApiClient.NewAsync(app, Role.Viewer, top);
        using var beside = await ApiClient.NewAsync(app, Role.Manager, await Seed.TeamAsync(app.Services, null));
        var deal = await rep.NewDealAsync(more: Worth);
        foreach (var (reader, count) in new[] { (rep, 1), (manager, 1), (viewer, 1), (beside, 0) })
        {
            Assert.Equal(count, (await reader.GetAsync($"deals?team={top}")).Items.Count());
            Assert.Equal(count, (await reader.GetAsync($"board?team={top}"))["columns"][0].GetProperty("count").GetInt32());
            Assert.Equal(count, (await reader.GetAsync($"funnel?team={top}"))["stages"][0].GetProperty("n").GetInt32());
        }

        (await viewer.PatchAsync($"deals/{deal.Id}", """{"version":1,"title":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await viewer.PostAsync($"deals/{deal.Id}/payments", """{"amount":1,"currency":"USD","method":"cash"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await viewer.PostAsync("customers", """{"name":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await rep.PostAsync("products", """{"name":"Mine"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await rep.PatchAsync($"deals/{deal.Id}", $$"""{"version":1,"ownerId":"{{manager.User}}"}""")).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        (await manager.PatchAsync($"deals/{deal.Id}", $$"""{"version":1,"ownerId":"{{manager.User}}"}""")).Is(HttpStatusCode.OK);
    }

    private static int Count(JsonElement strip) => strip.GetProperty("count").GetInt32();
}
