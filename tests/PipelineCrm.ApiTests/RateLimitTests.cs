using System.Globalization;
using System.Net;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

public sealed class RateLimitTests(FrugalApp app) : IClassFixture<FrugalApp>
{
    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_ask_again_and_nobody_else_is_held_up()
    {
        using var rep = await ApiClient.New(app, Role.Rep);
        using var other = await ApiClient.New(app, Role.Rep);
        var replies = await Task.WhenAll(Enumerable.Range(0, 4 * FrugalApp.Burst).Select(_ => rep.Get("codes")));
        Assert.InRange(replies.Count(reply => reply.Status == HttpStatusCode.OK), FrugalApp.Burst, 3 * FrugalApp.Burst);
        var held = replies.Where(reply => reply.Status != HttpStatusCode.OK).ToList();
        Assert.NotEmpty(held);
        Assert.All(held, reply =>
        {
            reply.IsProblem(HttpStatusCode.TooManyRequests, "too-many-requests");
            Assert.InRange(int.Parse(reply.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        });
        (await other.Get("codes")).Is(HttpStatusCode.OK);
    }
}
