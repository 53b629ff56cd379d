using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>Who may load the demo and sign in by one click: whoever sits at the machine, or reads its console.</summary>
public sealed class SetUpAccessTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly (string, string)[] Filled =
    [
        ("Form.Token", "ABCD-EFGH-JKMN-PQRS-TVWX"), ("Form.OrganisationName", "Lakes Ltd"), ("Form.TimeZone", "UTC"),
        ("Form.BaseCurrency", "EUR"),
        ("Form.DisplayName", "Eve"), ("Form.Email", "eve@test.example"), ("Form.Password", "green boats on seven lakes"),
    ];

    public static TheoryData<string, string> Elsewhere => new()
    {
        { "X-Forwarded-For", "203.0.113.7" },
        { "X-Forwarded-For", "127.0.0.1" },
        { "Forwarded", "for=127.0.0.1" },
        { "X-Real-IP", "127.0.0.1" },
        { "Host", "crm.example" },
    };

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public async Task From_elsewhere_the_demo_is_loaded_with_the_token_only(string header, string value)
    {
        using var client = new PlainClient(app.Address) { Headers = { [header] = value } };
        foreach (var token in new[] { null, "ABCD-EFGH-JKMN-PQRS-TVWX" })
        {
            using var refused = await client.SendForm("/setup", "load-demo", token is null ? [] : [("Token", token)]);
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
            Assert.False(app.Services.GetRequiredService<DemoLoadJob>().Begun);
        }
    }

    [Fact]
    public async Task Twenty_wrong_tokens_in_a_row_are_not_looked_at()
    {
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 20; number++)
        {
            using var client = new PlainClient(app.Address, "127.0.9.1") { Headers = { ["Host"] = "crm.example" } };
            using var answer = number % 2 == 0
                ? await client.SendForm("/setup?way=empty", "setup", [.. Filled])
                : await client.SendForm("/setup", "load-demo", ("Token", "ABCD-EFGH-JKMN-PQRS-TVWX"));
            statuses.Add(answer.StatusCode);
        }

        Assert.InRange(statuses.Count(status => status == HttpStatusCode.TooManyRequests), 12, 19);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
    }
}
