using System.Net;
using System.Text.Json;

namespace PipelineCrm.BrowserTests;

public sealed class HostTests(RunningApp app) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task The_script_that_makes_pages_live_is_served()
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var answer = await client.GetAsync(new Uri("/_framework/blazor.web.js", UriKind.Relative), TestContext.Current.CancellationToken);
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
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(status, answer.RootElement.GetProperty("status").GetString());
    }
}
