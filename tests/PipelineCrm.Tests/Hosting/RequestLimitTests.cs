using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Tests.Hosting;

public sealed class RequestLimitTests
{
    [Fact]
    public async Task More_than_the_burst_gets_a_429_problem_with_Retry_After_and_other_tokens_go_on()
    {
        var builder = WebApplication.CreateSlimBuilder();
        (builder.Configuration["RateLimit:PerSecond"], builder.Configuration["RateLimit:Burst"]) = ("1", "3");
        builder.AddRequestLimit();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseCrmApiProblems();
        app.Use((http, next) =>
        {
            http.User = new ClaimsPrincipal(
                new ClaimsIdentity([new(ApiTokenHandler.TokenClaim, http.Request.Headers["X-Token"].ToString())], "test"));
            return next(http);
        });
        app.UseRouting();
        app.UseRateLimiter();
        app.MapGet(ApiSetup.Root + "/ping", () => "pong").RequireRateLimiting(RequestLimit.Policy);
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await Ping(client, "one")).StatusCode);
        }

        var held = await Ping(client, "one");
        Assert.Equal(HttpStatusCode.TooManyRequests, held.StatusCode);
        Assert.True(held.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Contains("\"code\":\"too-many-requests\"", await held.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await Ping(client, "other")).StatusCode);
    }

    private static async Task<HttpResponseMessage> Ping(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get,
            new Uri(ApiSetup.Root + "/ping", UriKind.Relative))
        { Headers = { { "X-Token", token } } };
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
