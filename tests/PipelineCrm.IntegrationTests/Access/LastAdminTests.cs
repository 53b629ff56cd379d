using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class LastAdminTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task The_last_admin_who_can_sign_in_is_neither_disabled_nor_demoted()
    {
        var (one, two) = (await crm.Member(Role.Admin), await crm.Member(Role.Admin));
        await DemoteEverybodyBut(one, two);
        await crm.Ok(new InviteUser.Command("third@test.example", "Has no password yet", Role.Admin), Caller.Console);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new DisableUser.Command(one), one.As())).Code);
        await crm.Ok(new DisableUser.Command(two), one.As());
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new DisableUser.Command(one), Caller.Console)).Code);
        Assert.Equal(["role"],
            (await crm.No(new ChangeUser.Command(one, "One", "one@test.example", Role.Rep, null), one.As())).Errors.Keys);
    }

    [Fact]
    public async Task Two_admins_who_demote_each_other_at_once_leave_one()
    {
        var (one, two) = (await crm.Member(Role.Admin), await crm.Member(Role.Admin));
        await DemoteEverybodyBut(one, two);
        await Task.WhenAll(Demote(one), Demote(two));
        Assert.Equal(1L,
            await crm.Scalar<long>("select count(*) from users where role = 3 and disabled_at is null and password_hash is not null"));

        Task<Result<Unit>> Demote(UserId user) =>
            crm.Door.Send(new ChangeUser.Command(user, "Demoted", $"{user}@test.example", Role.Rep, null), Caller.Console,
                TestContext.Current.CancellationToken);
    }

    private async Task DemoteEverybodyBut(params UserId[] kept)
    {
        var others = (await crm.Ok(new ListUsers.Query(), Caller.Console)).Where(
            u => u is { Role: Role.Admin, State: UserState.Active } && !kept.Contains(u.Id));
        foreach (var other in others)
        {
            await crm.Ok(new ChangeUser.Command(other.Id, other.DisplayName, other.Email, Role.Rep, null), Caller.Console);
        }
    }
}
