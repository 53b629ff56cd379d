using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class SignInLinkTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task An_invitation_sets_one_password_and_is_used_up()
    {
        var link = await crm.Ok(new InviteUser.Command("new@test.example", "New Person", Role.Rep), Caller.Console);
        Assert.Equal(LinkPurpose.Invitation, link.Purpose);
        Assert.Equal("new@test.example",
            (await crm.Ok(new OpenSignInLink.Query(link.User, link.Purpose, link.Secret), Caller.Anonymous)).Email);
        Assert.Contains("password", (await crm.No(Set(link, "short"), Caller.Anonymous)).Errors.Keys);
        await crm.Ok(Set(link), Caller.Anonymous);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(link), Caller.Anonymous)).Code);
        Assert.Equal(ProblemCode.NotFound,
            (await crm.No(new OpenSignInLink.Query(link.User, link.Purpose, link.Secret), Caller.Anonymous)).Code);
    }

    [Fact]
    public async Task Of_two_who_use_one_link_at_once_one_sets_the_password()
    {
        var link = await crm.Ok(new InviteUser.Command("twice@test.example", "Twice", Role.Rep), Caller.Console);
        var both = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => crm.Door.Send(Set(link), Caller.Anonymous, TestContext.Current.CancellationToken)));
        Assert.Single(both, result => result.Ok);
    }

    [Fact]
    public async Task A_reset_link_is_for_its_user_and_purpose_only_and_dies_with_the_next_password()
    {
        var (one, other) = (await crm.Member(Role.Rep), await crm.Member(Role.Rep));
        var link = await crm.Ok(new IssueSignInLink.Command(one), Caller.Console);
        var second = await crm.Ok(new IssueSignInLink.Command(one), Caller.Console);
        Assert.Equal(LinkPurpose.Reset, link.Purpose);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(link with { User = other }), Caller.Anonymous)).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(link with { Purpose = LinkPurpose.Invitation }), Caller.Anonymous)).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(link with { Secret = "guess" }), Caller.Anonymous)).Code);
        await crm.Ok(Set(link), Caller.Anonymous);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(second), Caller.Anonymous)).Code);
    }

    [Fact]
    public async Task Somebody_disabled_gets_no_link_and_opens_none()
    {
        var user = await crm.Member(Role.Rep);
        var link = await crm.Ok(new IssueSignInLink.Command(user), Caller.Console);
        await crm.Ok(new DisableUser.Command(user), Caller.Console);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new IssueSignInLink.Command(user), Caller.Console)).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(Set(link), Caller.Anonymous)).Code);
    }

    [Theory]
    [InlineData("", "email")]
    [InlineData("no address", "email")]
    [InlineData("two@at@signs.example", "email")]
    public async Task An_address_that_is_none_is_refused_at_its_field(string email, string field) =>
        Assert.Equal([field], (await crm.No(new InviteUser.Command(email, "Name", Role.Rep), Caller.Console)).Errors.Keys);

    [Fact]
    public async Task An_address_is_taken_whatever_its_capitals()
    {
        await crm.Ok(new InviteUser.Command("Taken@test.example", "One", Role.Rep), Caller.Console);
        Assert.Equal(["email"], (await crm.No(new InviteUser.Command("tAKEN@test.example", "Two", Role.Rep), Caller.Console)).Errors.Keys);
        Assert.Equal(["team"],
            (await crm.No(new InviteUser.Command("free@test.example", "Two", Role.Rep, TeamId.New()), Caller.Console)).Errors.Keys);
    }

    private static SetPassword.Command Set(SignInLink link,
        string password = CrmUsers.Password) => new(link.User, link.Purpose, link.Secret, password);
}
