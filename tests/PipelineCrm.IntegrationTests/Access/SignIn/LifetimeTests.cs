using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

/// <summary>A clock that goes on only when it is told to.</summary>
public sealed class TestClock : TimeProvider
{
    public DateTimeOffset Now { get; set; } = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => Now;
}

public sealed class CrmFixtureWithClock(TestCluster cluster) : CrmFixture(cluster)
{
    public TestClock Clock { get; } = new();

    protected override void Configure(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);
}

/// <summary>How long secrets are good that somebody was sent or shown.</summary>
public sealed class LifetimeTests(CrmFixtureWithClock crm) : IClassFixture<CrmFixtureWithClock>
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task An_invitation_is_good_for_seven_days()
    {
        var sent = crm.Clock.Now;
        var link = await crm.Ok(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", "Late", Role.Rep), Caller.Console);
        Assert.Equal(sent + TimeSpan.FromDays(7), link.Until);
        await EndsThen(link);
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_good_for_a_day()
    {
        var user = await crm.Member(Role.Rep);
        var sent = crm.Clock.Now;
        var link = await crm.Ok(new IssueSignInLink.Command(user), Caller.Console);
        Assert.Equal(sent + TimeSpan.FromHours(24), link.Until);
        await EndsThen(link);
    }

    [Fact]
    public async Task A_new_invitation_takes_the_place_of_one_that_has_expired()
    {
        var old = await crm.Ok(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", "Late", Role.Rep), Caller.Console);
        crm.Clock.Now = old.Until + Moment;
        var fresh = await crm.Ok(new IssueSignInLink.Command(old.User), Caller.Console);
        Assert.Equal((LinkPurpose.Invitation, crm.Clock.Now + TimeSpan.FromDays(7)), (fresh.Purpose, fresh.Until));
        await crm.No(Set(old), Caller.Anonymous);
        await crm.Ok(Set(fresh), Caller.Anonymous);
    }

    private async Task EndsThen(SignInLink link)
    {
        crm.Clock.Now = link.Until - Moment;
        await crm.Ok(new OpenSignInLink.Query(link.User, link.Purpose, link.Secret), Caller.Anonymous);
        crm.Clock.Now = link.Until + Moment;
        Assert.Equal(ProblemCode.NotFound,
            (await crm.No(new OpenSignInLink.Query(link.User, link.Purpose, link.Secret), Caller.Anonymous)).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(link), Caller.Anonymous)).Code);
        crm.Clock.Now = link.Until - Moment;
        await crm.Ok(Set(link), Caller.Anonymous);
    }

    private static SetPassword.Command Set(SignInLink link) => new(link.User, link.Purpose, link.Secret, CrmUsers.Password);
}
