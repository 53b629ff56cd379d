using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Hosting;

public sealed class HostTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    [Fact]
    public async Task The_script_that_makes_pages_live_is_served()
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var answer =
            await client.GetAsync(new Uri("/_framework/blazor.web.js", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("Blazor", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_is_told_as_JSON(string path, string status)
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var answer =
            JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(status, answer.RootElement.GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_click_reaches_the_server()
    {
        var page = await app.SignedInPage(Role.Admin);
        await page.Open("/");
        await page.EvaluateAsync("window.sameDocument = true");
        await page.GetByRole(AriaRole.Link, new() { Name = "Customers" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Customers");
        // The circuit rendered it: the document was not loaded anew.
        Assert.True(await page.EvaluateAsync<bool>("window.sameDocument === true"));
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_frame_of_the_pages_is_accessible()
    {
        var page = await app.SignedInPage(Role.Admin);
        await page.Open("/");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
        await Axe.NoViolations(page);
    }
}
