using System.Net;
using System.Text.RegularExpressions;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Hosting;

public sealed class LogTests(LoggingApp app) : IClassFixture<LoggingApp>
{
    [Fact]
    public async Task A_request_and_its_use_case_are_one_line_each_joined_by_the_trace_id()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        (await rep.Get("codes")).Is(HttpStatusCode.OK);
        var request = await Line(new Regex("^(?<trace>[0-9a-f]{32}) GET /api/v1/codes answered 200 in [0-9.,]+ ms$"));
        await Line(new Regex($"^{request.Groups["trace"].Value} ListCodes ok in [0-9.,]+ ms$"));
    }

    [Fact]
    public async Task Neither_what_was_searched_nor_a_secret_nor_a_token_stands_in_the_log()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        (await rep.Post("customers", """{"name":"Quietwood Ltd","email":"quiet@wood.example"}""")).Is(HttpStatusCode.Created);
        (await rep.Get("customers?search=Quietwood")).Is(HttpStatusCode.OK);
        using var pages = new HttpClient { BaseAddress = new Uri(app.Address) };
        using var page = await pages.GetAsync(
            new Uri($"/set-password?user={rep.User}&for=reset&secret=hush-hush", UriKind.Relative), TestContext.Current.CancellationToken);
        await Line(new Regex(" GET /api/v1/customers answered 200 in "));
        await Line(new Regex(" GET /set-password answered "));
        Assert.DoesNotContain(app.Lines(), line => Regex.IsMatch(line, "Quietwood|quiet@|hush|Bearer", RegexOptions.IgnoreCase));
    }

    private async Task<Match> Line(Regex wanted)
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
