using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class ApiTokenTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_and_revocable()
    {
        var (user, other) = (await crm.Member(Role.Viewer), await crm.Member(Role.Admin));
        var made = await crm.Ok(new CreateApiToken.Command("script"), user.As());
        Assert.Matches("^pcrm_[A-Za-z0-9_-]{43}$", made.Secret);
        Assert.Equal(32, (await crm.Scalar<byte[]>("select hash from api_tokens where id = $1", made.Id.Value)).Length);
        Assert.Equal(0L, await crm.Scalar<long>("select count(*) from api_tokens where encode(hash, 'escape') like '%pcrm%'"));

        Assert.Equal(user, (await crm.Ok(new AuthenticateApiToken.Query(made.Secret), Caller.Anonymous)).User);
        Assert.NotNull(Assert.Single(await crm.Ok(new ListApiTokens.Query(), user.As())).LastUsedAt);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new RevokeApiToken.Command(made.Id), other.As())).Code);
        await crm.Ok(new RevokeApiToken.Command(made.Id), user.As());
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new AuthenticateApiToken.Query(made.Secret), Caller.Anonymous)).Code);
        Assert.Empty(await crm.Ok(new ListApiTokens.Query(), user.As()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pcrm_")]
    [InlineData("pcrm_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' or 1=1 --")]
    public async Task What_is_no_token_lets_nobody_in(string secret) =>
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new AuthenticateApiToken.Query(secret), Caller.Anonymous)).Code);

    [Fact]
    public async Task The_console_makes_a_token_for_somebody_without_a_password()
    {
        var link = await crm.Ok(new InviteUser.Command("script@test.example", "Script", Role.Rep), Caller.Console);
        var made = await crm.Ok(new IssueApiToken.Command("SCRIPT@test.example", "console"), Caller.Console);
        Assert.Equal(link.User, (await crm.Ok(new AuthenticateApiToken.Query(made.Secret), Caller.Anonymous)).User);
        Assert.Equal(ProblemCode.NotFound,
            (await crm.No(new IssueApiToken.Command("nobody@test.example", "console"), Caller.Console)).Code);
    }

    [Fact]
    public async Task Use_is_noted_once_a_minute()
    {
        var user = await crm.Member(Role.Rep);
        var made = await crm.Ok(new CreateApiToken.Command("often"), user.As());
        await crm.Ok(new AuthenticateApiToken.Query(made.Secret), Caller.Anonymous);
        var first = await crm.Scalar<DateTime>("select last_used_at from api_tokens where id = $1", made.Id.Value);
        await crm.Ok(new AuthenticateApiToken.Query(made.Secret), Caller.Anonymous);
        Assert.Equal(first, await crm.Scalar<DateTime>("select last_used_at from api_tokens where id = $1", made.Id.Value));
        await crm.Scalar<Guid>("update api_tokens set last_used_at = last_used_at - interval '61 seconds' where id = $1 returning id",
            made.Id.Value);
        await crm.Ok(new AuthenticateApiToken.Query(made.Secret), Caller.Anonymous);
        Assert.True(await crm.Scalar<DateTime>("select last_used_at from api_tokens where id = $1", made.Id.Value) >= first);
    }
}
