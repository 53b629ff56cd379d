using System.Text.RegularExpressions;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Hosting;

/// <summary>How many style sheets a page waits for before it is seen.</summary>
public sealed partial class StyleSheetTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Theory]
    [InlineData("/", new[] { "first" }, new[] { "rest" })]
    [InlineData("/sign-in", new[] { "first" }, new[] { "rest" })]
    [InlineData("/customers", new[] { "first", "rest" }, new string[0])]
    public async Task A_page_waits_for_one_sheet_or_two(string path, string[] before, string[] behind)
    {
        var page = await app.SignedInPage(Role.Rep);
        var html = await (await page.Context.APIRequest.GetAsync(path, new() { Headers = [new("Accept", "text/html")] })).TextAsync();
        var body = html.IndexOf("<body", StringComparison.Ordinal);
        Assert.Equal(before, Sheets(html[..body]));
        Assert.Equal(behind, Sheets(html[body..]));
        Assert.True(behind.Length == 0 || html.LastIndexOf("rel=\"stylesheet\"", StringComparison.Ordinal) > html.IndexOf("</main>", body,
            StringComparison.Ordinal), "The second sheet stands before what is to be seen.");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Nothing_on_the_board_moves_when_the_second_sheet_comes(int width)
    {
        var board = await BoardPage.Open(app, width: width);
        await Expect(board.Page.Locator("link[href*='/rest.']")).ToHaveCountAsync(1);
        var whole = await board.Page.EvaluateAsync<string[]>(Places);
        await board.Page.RouteAsync("**/generated/rest.*.css", route => route.AbortAsync());
        await board.Reload();
        Assert.Equal(whole, await board.Page.EvaluateAsync<string[]>(Places));
    }

    [Fact]
    public async Task Nothing_where_one_signs_in_moves_when_the_second_sheet_comes()
    {
        await Seed.SetUp(app.Services);
        var page = await app.NewPage();
        await page.GotoAsync("/sign-in");
        var whole = await page.EvaluateAsync<string[]>(Places);
        await page.RouteAsync("**/generated/rest.*.css", route => route.AbortAsync());
        await page.ReloadAsync();
        Assert.Equal(whole, await page.EvaluateAsync<string[]>(Places));
    }

    /// <summary>Where everything lies that has a size, and how its text is written.</summary>
    private const string Places = """
        () => [...document.body.querySelectorAll('*')].map(one => [one, one.getBoundingClientRect(), getComputedStyle(one)])
          .filter(([, box]) => box.width && box.height)
          .map(([one, box, style]) => [one.tagName, one.className, box.x, box.y, box.width, box.height,
            style.color, style.backgroundColor, style.font, style.letterSpacing].join(' '))
        """;

    private static List<string> Sheets(string html) => [.. Links().Matches(html).Select(link => link.Groups["name"].Value)];

    /// <summary>The address holds a fingerprint: the browser keeps what it has once.</summary>
    [GeneratedRegex(@"<link rel=""stylesheet"" href=""(generated/(?<name>\w+)\.\w{6,}\.css|(?<name>[^""]*))""")]
    private static partial Regex Links();
}
