using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Api;

/// <summary>The application with its log in a file, at the levels of production.</summary>
public sealed class LoggingApp(TestCluster cluster, Chromium chromium) : RunningApp(cluster, chromium)
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"pipelinecrm-log-{Guid.NewGuid():N}.txt");

    public string[] Lines()
    {
        using var reader = new StreamReader(new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        File.Delete(_file);
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Information";
        builder.Configuration["Serilog:WriteTo:0:Name"] = "File";
        builder.Configuration["Serilog:WriteTo:0:Args:path"] = _file;
        builder.Configuration["Serilog:WriteTo:0:Args:outputTemplate"] = "{TraceId} {Message:lj}{NewLine}{Exception}";
    }
}

public sealed class LogTests(LoggingApp app) : IClassFixture<LoggingApp>
{
    [Fact]
    public async Task A_request_and_its_use_case_are_one_line_each_joined_by_the_trace_id()
    {
        using var rep = await ApiClient.NewAsync(app, Role.Rep);
        (await rep.GetAsync("codes")).Is(HttpStatusCode.OK);
        var request = await LineAsync(new Regex("^(?<trace>[0-9a-f]{32}) GET /api/v1/codes answered 200 in [0-9.,]+ ms$"));
        await LineAsync(new Regex($"^{request.Groups["trace"].Value} ListCodes ok in [0-9.,]+ ms$"));
    }

    [Fact]
    public async Task Neither_what_was_searched_nor_a_secret_nor_a_token_stands_in_the_log()
    {
        using var rep = await ApiClient.NewAsync(app, Role.Rep);
        (await rep.PostAsync("customers", """{"name":"Quietwood Ltd","email":"quiet@wood.example"}""")).Is(HttpStatusCode.Created);
        (await rep.GetAsync("customers?search=Quietwood")).Is(HttpStatusCode.OK);
        using var pages = new HttpClient { BaseAddress = new Uri(app.Address) };
        using var page = await pages.GetAsync(
            new Uri($"/set-password?user={rep.User}&for=reset&secret=hush-hush", UriKind.Relative), TestContext.Current.CancellationToken);
        await LineAsync(new Regex(" GET /api/v1/customers answered 200 in "));
        await LineAsync(new Regex(" GET /set-password answered "));
        Assert.DoesNotContain(app.Lines(), line => Regex.IsMatch(line, "Quietwood|quiet@|hush|Bearer", RegexOptions.IgnoreCase));
    }

    private async Task<Match> LineAsync(Regex wanted)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (app.Lines().Select(line => wanted.Match(line)).FirstOrDefault(match => match.Success) is { } found)
            {
                return found;
            }

            await Task.Delay(50, patience.Token);
        }
    }
}
