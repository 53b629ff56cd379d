using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class UsersTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task Disabling_asks_who_takes_over_the_open_deals_and_their_history_says_so()
    {
        var (leaver, heir, viewer) = (await crm.Member(Role.Rep), await crm.Member(Role.Rep), await crm.Member(Role.Viewer));
        var admin = await crm.Member(Role.Admin);
        var deal = await crm.DealOf(leaver);

        Assert.Equal(["takesOver"], (await crm.No(new DisableUser.Command(leaver), admin.As())).Errors.Keys);
        Assert.Equal(["takesOver"], (await crm.No(new DisableUser.Command(leaver, viewer), admin.As())).Errors.Keys);
        Assert.Equal(["takesOver"], (await crm.No(new DisableUser.Command(leaver, leaver), admin.As())).Errors.Keys);
        Assert.True((await crm.Door.Send(new GetProfile.Query(), leaver.As(), TestContext.Current.CancellationToken)).Ok);

        Assert.Equal(1, (await crm.Ok(new DisableUser.Command(leaver, heir), admin.As())).HandedOver);
        Assert.Equal(heir.Value, await crm.Scalar<Guid>("select owner_id from deals where id = $1", deal.Value));
        Assert.Equal(2L, await crm.Scalar<long>("select version from deals where id = $1", deal.Value));
        Assert.Equal(
            $"{leaver} {heir} {admin} 2",
            await crm.Scalar<string>(
                "select concat_ws(' ', before #>> '{}', after #>> '{}', by_user, version) from history where entity = 'deal' and field = 'ownerId' and deal_id = $1", deal.Value));
        Assert.Equal(
            1L,
            await crm.Scalar<long>(
                "select coalesce(sum(deals), 0)::bigint from (select * from board_totals union all select stage, outcome, owner_id, currency, deals, amount from board_deltas) t where owner_id = $1", heir.Value));
    }

    [Fact]
    public async Task Somebody_disabled_is_refused_at_once_and_acts_again_when_enabled()
    {
        var user = await crm.Member(Role.Rep);
        var token = await crm.Ok(new CreateApiToken.Command("script"), user.As());
        await crm.Ok(new DisableUser.Command(user), Caller.Console);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new GetProfile.Query(), user.As())).Code);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new AuthenticateApiToken.Query(token.Secret), Caller.Anonymous)).Code);
        await crm.Ok(new EnableUser.Command(user), Caller.Console);
        await crm.Ok(new GetProfile.Query(), user.As());
        await crm.Ok(new AuthenticateApiToken.Query(token.Secret), Caller.Anonymous);
    }

    [Fact]
    public async Task A_changed_role_holds_for_the_next_request()
    {
        var (user, _) = (await crm.Member(Role.Rep), await crm.Member(Role.Admin));
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(new ListUsers.Query(), user.As())).Code);
        await crm.Ok(new ChangeUser.Command(user, "Boss", $"{user}@test.example", Role.Admin, null), Caller.Console);
        Assert.Contains(await crm.Ok(new ListUsers.Query(), user.As()),
            u => u.Id == user && u.DisplayName == "Boss" && u.State == UserState.Active);
        await crm.Ok(new ChangeUser.Command(user, "Boss", $"{user}@test.example", Role.Rep, null), Caller.Console);
    }

    [Fact]
    public async Task A_manager_hands_deals_over_within_the_subtree_only()
    {
        var team = await crm.Team();
        var (manager, one, two) = (await crm.Member(Role.Manager, team), await crm.Member(Role.Rep, await crm.Team(team)),
            await crm.Member(Role.Rep, team));
        var stranger = await crm.Member(Role.Rep, await crm.Team());
        var (first, second) = (await crm.DealOf(one), await crm.DealOf(one));
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new ReassignDeals.Command(stranger, one), manager.As())).Code);
        Assert.Equal(["takesOver"], (await crm.No(new ReassignDeals.Command(one, stranger), manager.As())).Errors.Keys);
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(new ReassignDeals.Command(one, two), two.As())).Code);
        Assert.Equal(1, (await crm.Ok(new ReassignDeals.Command(one, two, [first]), manager.As())).Deals);
        Assert.Equal($"{one} {two} 2", await crm.Scalar<string>(
            "select owner_before || ' ' || owner_id || ' ' || version from outbox where deal_id = $1 and change = 2", first.Value));
        Assert.Equal(one.Value, await crm.Scalar<Guid>("select owner_id from deals where id = $1", second.Value));
    }

    [Fact]
    public async Task Owner_lists_offer_whose_deals_one_sees()
    {
        var team = await crm.Team();
        var (manager, rep, stranger) = (await crm.Member(Role.Manager, team), await crm.Member(Role.Rep, await crm.Team(team)),
            await crm.Member(Role.Rep));
        var seen = await crm.Ok(new ListUserSummaries.Query(), manager.As());
        Assert.Equal(new[] { manager, rep }.Order(Comparer<UserId>.Create((a, b) => a.Value.CompareTo(b.Value))),
            seen.Select(p => p.Id).Order(Comparer<UserId>.Create((a, b) => a.Value.CompareTo(b.Value))));
        Assert.All(seen, person => Assert.True(person.MayBeGiven));
        Assert.Equal([stranger], (await crm.Ok(new ListUserSummaries.Query(), stranger.As())).Select(p => p.Id));
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\u200E\u200D")]
    [InlineData("a\nb")]
    public async Task A_name_that_cannot_be_kept_is_refused_at_its_field(string name) =>
        Assert.Equal(["displayName"],
            (await crm.No(new InviteUser.Command($"{Guid.NewGuid():N}@test.example", name, Role.Rep), Caller.Console)).Errors.Keys);
}
