using System.Net;
using System.Text.Json;
using PipelineCrm.Access;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Access;

public sealed class BearerTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Path = "/api/v1/deals";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_revoked_in_between_and_one_of_somebody_disabled_get_a_401_problem()
    {
        var (user, token, secret) = await Token();
        using var client = new PlainClient(app.Address);
        Assert.Equal(HttpStatusCode.OK, await Status(client, secret));
        Assert.True((await app.Door.Send(new RevokeApiToken.Command(token), new Caller(user, Channel.Page), Ct)).Ok);
        await IsRefused(client, secret);

        var (other, _, second) = await Token();
        Assert.Equal(HttpStatusCode.OK, await Status(client, second));
        Assert.True((await app.Door.Send(new DisableUser.Command(other), Caller.Console, Ct)).Ok);
        await IsRefused(client, second);
        await IsRefused(client, "pcrm_guess");
        await IsRefused(client, null);
    }

    private async Task<(UserId User, ApiTokenId Token, string Secret)> Token()
    {
        await Seed.SetUp(app.Services);
        var (user, _) = await Seed.User(app.Services, Role.Rep, null);
        var made = await app.Door.Send(new CreateApiToken.Command("test"), new Caller(user, Channel.Page), Ct);
        return (user, made.Value!.Id, made.Value.Secret);
    }

    private static async Task<HttpStatusCode> Status(PlainClient client, string secret)
    {
        using var answer = await client.Api(Path, secret);
        return answer.StatusCode;
    }

    private static async Task IsRefused(PlainClient client, string? secret)
    {
        using var answer = await client.Api(Path, secret);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("unauthenticated", await Code(answer));
    }

    private static async Task<string?> Code(HttpResponseMessage answer)
    {
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return problem.RootElement.GetProperty("code").GetString();
    }
}
