using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Npgsql;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Funnel;

public sealed partial class FunnelTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_number_opens_exactly_its_deals()
    {
        var team = await Seed.Team(app.Services, null);
        await Deals(team);
        var page = await app.SignedInPage(Role.Manager, team);
        await page.Open("/funnel?period=all");
        await Expect(page.Locator(".bar")).ToHaveCountAsync(5);
        await Axe.NoViolations(page);

        // Every number of the table is a link whose list says and shows as many.
        var links = await page.Locator("section:has(#funnel-table) td a").EvaluateAllAsync<string[][]>(
            "all => all.map(a => [a.getAttribute('href'), a.textContent.trim()])");
        var counts = links.Where(link => Count().IsMatch(link[1])).ToList();
        Assert.True(counts.Count >= 20, $"{counts.Count} numbers");
        foreach (var link in counts)
        {
            await page.Open(link[0]);
            var total = page.Locator("[data-total]");
            await Expect(total).ToHaveAttributeAsync("data-total", link[1]);
            await Expect(page.Locator("tr[data-deal]")).ToHaveCountAsync(int.Parse(link[1], CultureInfo.InvariantCulture));
        }

        await Axe.NoViolations(page);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_a_loss_reason_opens_its_deals()
    {
        var team = await Seed.Team(app.Services, null);
        await Deals(team);
        var page = await app.SignedInPage(Role.Manager, team, "zh-CN", width: 390, dark: true);
        await page.Open("/funnel?period=all");
        await page.GetByLabel("来源").SelectOptionAsync("event");
        await page.IsAt("**/funnel?source=event&period=all");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "「考虑」3 笔商机" })).ToBeVisibleAsync();
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "价格" }).ClickAsync();
        await Expect(page.Locator("tr[data-deal]")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Link, new() { Name = "返回漏斗" }).ClickAsync();
        await page.IsAt("**/funnel?source=event&period=all");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task An_empty_funnel_says_what_to_do()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/funnel?from=2030-01-01");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show everything" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Go to the board" })).ToBeVisibleAsync();
        await Axe.NoViolations(page);
    }

    [Fact]
    public async Task A_broken_address_is_said_once_in_plain_words_with_the_way_out()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/funnel?from=abc&team=xyz");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This address does not fit the funnel");
        await Expect(page.Locator(".mistakes li")).ToHaveCountAsync(2);
        await Expect(page.Locator(".mistakes")).ToContainTextAsync("First day from=abc Give a day as yyyy-MM-dd");
        await Expect(page.Locator(".mistakes")).ToContainTextAsync("Team team=xyz This is not an id");
        await Axe.NoViolations(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Show everything" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Go to the board" })).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/funnel?team=xyz", "团队 team=xyz 这不是有效的")]
    [InlineData("/funnel?meaning=sideways", "漏斗口径 meaning=sideways")]
    [InlineData("/funnel/deals?stage=nowhere&number=n", "阶段 stage=nowhere")]
    [InlineData("/funnel/deals?stage=decision&number=many", "数字 number=many")]
    public async Task What_cannot_be_read_of_an_address_is_named_with_what_is_accepted(string address, string said)
    {
        var page = await app.SignedInPage(Role.Rep, language: "zh-CN", width: 390, dark: true);
        await page.Open(address);
        await Expect(page.Locator(".mistakes li")).ToHaveCountAsync(1);
        await Expect(page.Locator(".mistakes")).ToContainTextAsync(said);
        await Axe.NoViolations(page);
        await page.Locator(".empty a.btn").ClickAsync();
        await page.IsAt("**/funnel*");
        await Expect(page.Locator(".mistakes")).ToHaveCountAsync(0);
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", 1440, "+ €80 not converted", "Not converted")]
    [InlineData("zh-CN", 390, "+ €80 未折算", "未折算")]
    public async Task Money_that_is_not_converted_stands_at_its_stage_and_opens_its_deals(string language, int width, string said,
        string head)
    {
        var team = await Seed.Team(app.Services, null);
        await Deals(team);
        var page = await app.SignedInPage(Role.Manager, team, language, width);
        await page.Open("/funnel?period=all");
        var bars = page.Locator(".bar");
        await Expect(bars.Nth(0)).ToContainTextAsync(said);
        await Expect(bars.Nth(1)).ToContainTextAsync(said);
        await Expect(bars.Nth(2)).Not.ToContainTextAsync("€");
        await Expect(page.Locator("section:has(#funnel-table) thead")).ToContainTextAsync(head);
        await Expect(page.Locator("section:has(#funnel-table) td a.other")).ToHaveTextAsync(["€80", "€80"]);
        await Axe.NoViolations(page);
        var file = await (await page.Context.APIRequest.GetAsync(app.Address + "/funnel.csv")).TextAsync();
        Assert.Equal(2, file.Split('\n').Count(line => line.Contains("80 EUR", StringComparison.Ordinal)));
        await bars.Nth(1).GetByRole(AriaRole.Link, new() { Name = "+ €80" }).ClickAsync();
        await page.IsAt("**/funnel/deals?period=all&stage=consideration&number=notConverted&currency=EUR");
        await Expect(page.Locator("tr[data-deal]")).ToHaveCountAsync(1);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_period_that_ends_before_it_begins_is_said_at_its_field_and_the_last_report_stays()
    {
        var team = await Seed.Team(app.Services, null);
        await Deals(team);
        var page = await app.SignedInPage(Role.Manager, team);
        await page.Open("/funnel?from=2026-01-02&to=2026-02-01");
        await Expect(page.Locator(".bar")).ToHaveCountAsync(5);
        var last = page.GetByLabel("through");
        await Expect(page.Locator("label", new() { Has = last })).ToContainTextAsync("31 Jan 2026");
        var link = await page.Locator(".bar a.n").First.GetAttributeAsync("href");
        await last.FillAsync("2025-12-31");
        await Expect(last).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(page.Locator(".mistake")).ToHaveTextAsync("End of the period: The period ends before it begins. Choose a later end.");
        await Expect(page.GetByText("Still shown: the last report, 2 Jan 2026")).ToBeVisibleAsync();
        await Expect(page.Locator(".bar a.n").First).ToHaveAttributeAsync("href", link!);
        await Axe.NoViolations(page);
        await last.FillAsync("2026-01-20");
        await Expect(page.Locator(".mistake")).ToHaveCountAsync(0);
        await Expect(page.Locator(".definition")).ToContainTextAsync("20 Jan 2026");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_file_holds_the_deals_of_the_list()
    {
        var team = await Seed.Team(app.Services, null);
        await Deals(team);
        var page = await app.SignedInPage(Role.Manager, team);
        await page.Open("/funnel/deals?period=all&stage=consideration&number=lost");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Export CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await file.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("id,Deal,Customer,Stage,Outcome,Amount,Currency,Owner,Source,Created", lines[0].TrimStart('\uFEFF'),
            StringComparison.Ordinal);
    }

    /// <summary>A rep of the team with five deals: two lost for the price, one won, one skipped ahead, one still new.</summary>
    private async Task Deals(TeamId team)
    {
        var (rep, _) = await Seed.User(app.Services, Role.Rep, team);
        await using var connection = new NpgsqlConnection(app.Connections.Owner);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await LedgerSeeder.Write(connection,
        [
            New().To(Stage.Consideration, Start.AddDays(3)).Lose(Start.AddDays(9), "price"),
            New().To(Stage.Consideration, Start.AddDays(5)).Lose(Start.AddDays(9), "price").Worth(80, "EUR", Start),
            New().To(Stage.Consideration, Start.AddDays(2)).To(Stage.Decision, Start.AddDays(6)).To(Stage.Purchase, Start.AddDays(8))
                .Worth(1200, "USD", Start),
            new LedgerDeal(rep.Value, Stage.Awareness, Start).To(Stage.Decision, Start.AddDays(6)).Worth(500, "USD", Start),
            new LedgerDeal(rep.Value, Stage.Awareness, Start),
        ]);

        LedgerDeal New() => new LedgerDeal(rep.Value, Stage.Awareness, Start).From("event", Start);
    }

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex Count();
}
