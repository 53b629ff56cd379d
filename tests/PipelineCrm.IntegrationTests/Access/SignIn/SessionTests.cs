using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

/// <summary>Sign-ins, as the database knows them: what ends one ends it for every node.</summary>
public sealed class SessionTests(CrmFixtureWithClock crm) : IClassFixture<CrmFixtureWithClock>
{
    [Fact]
    public async Task An_ended_session_lets_nobody_do_anything()
    {
        var user = await crm.Member(Role.Rep);
        var (one, other) = (await Enter(user, "Firefox"), await Enter(user, "Chrome"));
        var deal = await crm.DealOf(user);
        var rename = new UpdateDeal.Command(deal, 1, new MoveFields { Title = "Renamed" });
        await crm.Ok(new CheckSession.Query(), one);
        await crm.Ok(new EndSession.Command(one.Session), one);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new CheckSession.Query(), one)).Code);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(rename, one)).Code);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new GetDeal.Query(deal), one)).Code);
        await crm.Ok(rename, other);
    }

    [Fact]
    public async Task Ones_own_sessions_are_listed_and_ended_one_by_one_or_all_but_this()
    {
        var (user, stranger) = (await crm.Member(Role.Viewer), await Enter(await crm.Member(Role.Admin), "Edge"));
        var (one, two, three) = (await Enter(user, "Firefox"), await Enter(user, "Chrome"), await Enter(user, "Safari"));
        var listed = await crm.Ok(new ListSessions.Query(), two);
        Assert.Equal(("Chrome", true), (listed[0].Browser, listed[0].Current));
        Assert.Equal(["Chrome", "Firefox", "Safari"], listed.Select(session => session.Browser).Order(StringComparer.Ordinal));

        // Nobody ends a stranger's: it is not there.
        await crm.Ok(new EndSession.Command(one.Session), stranger);
        await crm.Ok(new CheckSession.Query(), one);
        await crm.Ok(new EndSession.Command(one.Session), two);
        await crm.No(new CheckSession.Query(), one);
        await crm.Ok(new CheckSession.Query(), three);
        await crm.Ok(new EndSession.Command(null), two);
        await crm.No(new CheckSession.Query(), three);
        Assert.Equal("Chrome", Assert.Single(await crm.Ok(new ListSessions.Query(), two)).Browser);
        await crm.Ok(new CheckSession.Query(), stranger);
    }

    [Fact]
    public async Task A_change_of_password_ends_all_others_and_the_tokens()
    {
        var user = await crm.Member(Role.Rep);
        var (one, other) = (await Enter(user, "Firefox"), await Enter(user, "Chrome"));
        var token = await crm.Ok(new CreateApiToken.Command("script"), one);
        await crm.Ok(new ChangePassword.Command(CrmUsers.Password, "seven lakes of green"), one);
        await crm.Ok(new CheckSession.Query(), one);
        await crm.No(new CheckSession.Query(), other);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new AuthenticateApiToken.Query(token.Secret), Caller.Anonymous)).Code);
        Assert.Single(await crm.Ok(new ListSessions.Query(), one));
    }

    [Fact]
    public async Task A_password_by_link_ends_all_and_the_tokens_but_not_those_of_before_the_first_password()
    {
        var link = await crm.Ok(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", "Script", Role.Rep), Caller.Console);
        var early = await crm.Ok(new CreateApiToken.Command("early"), link.User.As());
        await crm.Ok(new SetPassword.Command(link.User, link.Purpose, link.Secret, CrmUsers.Password), Caller.Anonymous);
        await crm.Ok(new AuthenticateApiToken.Query(early.Secret), Caller.Anonymous);

        var session = await Enter(link.User, "Firefox");
        var reset = await crm.Ok(new IssueSignInLink.Command(link.User), Caller.Console);
        await crm.Ok(new SetPassword.Command(reset.User, reset.Purpose, reset.Secret, "seven lakes of green"), Caller.Anonymous);
        await crm.No(new CheckSession.Query(), session);
        await crm.No(new AuthenticateApiToken.Query(early.Secret), Caller.Anonymous);
    }

    [Theory]
    [InlineData("disabled")]
    [InlineData("another address")]
    public async Task Whoever_is_not_who_they_were_is_out(string why)
    {
        var user = await crm.Member(Role.Rep);
        var session = await Enter(user, "Firefox");
        await (why == "disabled"
            ? crm.Ok(new DisableUser.Command(user), Caller.Console) as Task
            : crm.Ok(new ChangeUser.Command(user, "Member", $"{Guid.NewGuid():N}@test.example", Role.Rep, null), Caller.Console));
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new CheckSession.Query(), session)).Code);
        if (why == "disabled")
        {
            // Let in again, they sign in again.
            await crm.Ok(new EnableUser.Command(user), Caller.Console);
            await crm.No(new CheckSession.Query(), session);
        }
    }

    [Fact]
    public async Task A_session_is_its_users_alone_and_ends_unused_after_two_weeks()
    {
        var (user, other) = (await crm.Member(Role.Rep), await crm.Member(Role.Admin));
        var session = await Enter(user, "Firefox");
        await crm.No(new CheckSession.Query(), session with { User = other });
        await crm.Scalar<Guid>("update sessions set seen_at = now() - interval '13 days 23 hours' where id = $1 returning id",
            session.Session!.Value.Value);
        await crm.Ok(new CheckSession.Query(), session);
        await crm.Scalar<Guid>("update sessions set seen_at = now() - interval '14 days 1 minute' where id = $1 returning id",
            session.Session!.Value.Value);
        await crm.No(new CheckSession.Query(), session);
        await Enter(user, "Chrome");
        Assert.Equal(0L, await crm.Scalar<long>("select count(*) from sessions where id = $1", session.Session!.Value.Value));
    }

    [Fact]
    public async Task Being_seen_is_noted_once_a_minute_and_a_sign_in_at_once()
    {
        var user = await crm.Member(Role.Rep);
        var session = await Enter(user, "Firefox");
        var began = crm.Clock.Now;
        Assert.Equal(began, (await Everybody(user)).LastSignedInAt!.Value, TimeSpan.FromMilliseconds(1));
        crm.Clock.Now += TimeSpan.FromSeconds(59);
        await crm.Ok(new CheckSession.Query(), session);
        Assert.Equal(began, (await crm.Ok(new ListSessions.Query(), session))[0].SeenAt, TimeSpan.FromMilliseconds(1));
        crm.Clock.Now += TimeSpan.FromSeconds(1);
        await crm.Ok(new CheckSession.Query(), session);
        Assert.Equal(crm.Clock.Now, (await crm.Ok(new ListSessions.Query(), session))[0].SeenAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_token_ends_on_its_day()
    {
        var user = await crm.Member(Role.Rep);
        Assert.Equal(["days"], (await crm.No(new CreateApiToken.Command("script", 31), user.As())).Errors.Keys);
        var began = crm.Clock.Now;
        var month = await crm.Ok(new CreateApiToken.Command("month", 30), user.As());
        var year = await crm.Ok(new CreateApiToken.Command("year"), user.As());
        Assert.Equal([30, 365], (await crm.Ok(new ListApiTokens.Query(), user.As())).Select(
            token => Math.Round((token.ExpiresAt - began).TotalDays, 6)).Order());
        crm.Clock.Now = began.AddDays(30);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new AuthenticateApiToken.Query(month.Secret), Caller.Anonymous)).Code);
        Assert.Equal("year", Assert.Single(await crm.Ok(new ListApiTokens.Query(), user.As())).Name);
        await crm.Ok(new AuthenticateApiToken.Query(year.Secret), Caller.Anonymous);
        crm.Clock.Now = began;
    }

    private async Task<UserView> Everybody(UserId user) =>
        (await crm.Ok(new ListUsers.Query(), Caller.Console)).Single(one => one.Id == user);

    private async Task<Caller> Enter(UserId user, string browser)
    {
        var started = await crm.Ok(new StartSession.Command(user, browser, "Linux", "test"), Caller.Console);
        return user.As() with { Session = started.Id };
    }
}
