using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

/// <summary>Lists in pages: <c>?limit=&amp;after=</c>, every row once, nothing left out.</summary>
public sealed class PagingTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Every_list_is_read_to_its_end_in_pages_of_one_as_in_one_page()
    {
        using var admin = await ApiClient.New(app, Role.Admin);
        var customer = await admin.NewCustomer();
        var deal = await admin.NewDeal(customer: customer);
        await admin.NewDeal(customer: customer);
        await admin.NewDeal(customer: customer);
        for (var i = 1; i <= 3; i++)
        {
            (await admin.Post($"customers/{customer}/contacts", $$"""{"name":"Same"}""")).Is(HttpStatusCode.Created);
            (await admin.Post("customers", """{"name":"Same"}""")).Is(HttpStatusCode.Created);
            var product =
                (await admin.Post("products", $$"""{"name":"Same {{i}}","price":1,"currency":"USD"}""")).Is(HttpStatusCode.Created).Id;
            (await admin.Post($"deals/{deal.Id}/quotes", $$"""{"lines":[{"productId":"{{product}}","price":1}],"currency":"USD"}""")).Is(
                HttpStatusCode.Created);
            (await admin.Post($"deals/{deal.Id}/payments", """{"amount":1,"currency":"USD","method":"cash"}""")).Is(HttpStatusCode.Created);
        }

        await admin.Advanced(await admin.Get($"deals/{deal.Id}"), Stage.Decision);
        await admin.Post("rules/publish", """{"note":"Again"}""");
        await admin.Post("rules/publish", """{"note":"And again"}""");
        foreach (var list in new[]
        {
            "customers?search=same", "deals?search=deal", $"customers/{customer}/contacts?", $"customers/{customer}/history?",
            "products?search=same", $"deals/{deal.Id}/quotes?",
            $"deals/{deal.Id}/payments?", $"deals/{deal.Id}/transitions?", $"deals/{deal.Id}/history?", "board/awareness?",
            "funnel/deals?stage=awareness&number=n", "rules/versions?",
        })
        {
            await ReadsTheSame(admin, list);
        }
    }

    [Theory]
    [InlineData("customers")]
    [InlineData("deals")]
    [InlineData("products")]
    [InlineData("board/awareness")]
    [InlineData("funnel/deals?stage=awareness")]
    [InlineData("rules/versions")]
    public async Task A_page_that_is_none_is_refused_by_name(string path)
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        var and = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var limit in new[] { "0", "-1", "201", "many", "1e2", "99999999999" })
        {
            (await rep.Get($"{path}{and}limit={limit}")).IsProblem(HttpStatusCode.BadRequest, "validation", "limit");
        }

        foreach (var after in new[] { "nonsense", "%00", "e30", "bnVsbA", "99999999999999999999" })
        {
            (await rep.Get($"{path}{and}after={after}")).IsProblem(HttpStatusCode.BadRequest, "validation", "after");
        }

        (await rep.Get($"{path}{and}limit=200&after=")).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_board_takes_its_limit_per_column()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        await rep.NewDeal();
        await rep.NewDeal();
        var board = (await rep.Get("board?limit=1")).Is(HttpStatusCode.OK);
        var column = board["columns"][0];
        Assert.Equal((2, 1), (column.GetProperty("count").GetInt32(), column.GetProperty("items").GetArrayLength()));
        var rest = (await rep.Get($"board/awareness?after={column.GetProperty("next").GetString()}")).Is(HttpStatusCode.OK);
        Assert.NotEqual(column.GetProperty("items")[0].GetProperty("id").GetString(), rest.Items.Single().GetProperty("id").GetString());
        (await rep.Get("board?limit=0")).IsProblem(HttpStatusCode.BadRequest, "validation", "limit");
    }

    private static async Task ReadsTheSame(ApiClient client, string list)
    {
        var whole = (await client.Get($"{list}&limit=200")).Is(HttpStatusCode.OK);
        Assert.Equal(JsonValueKind.Null, whole["next"].ValueKind);
        var (single, after) = (new List<string>(), "");
        do
        {
            var page = (await client.Get($"{list}&limit=1{after}")).Is(HttpStatusCode.OK);
            single.AddRange(page.Items.Select(Steady));
            after = page["next"].GetString() is { } next ? $"&after={Uri.EscapeDataString(next)}" : "";
        }
        while (after.Length > 0 && single.Count <= whole.Items.Count());

        Assert.True(single.Count > 1, list);
        Assert.Equal(whole.Items.Select(Steady), single);
    }

    /// <summary>A row without its running clock, which may go on by a second between two reads.</summary>
    private static string Steady(JsonElement row)
    {
        var content = JsonNode.Parse(row.GetRawText())!.AsObject();
        content.Remove("secondsInStage");
        return content.ToJsonString();
    }
}
