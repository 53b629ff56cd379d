using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class ProfileTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_profile_keeps_what_is_not_sent()
    {
        var user = await crm.Member(Role.Viewer);
        await crm.Ok(new ChangeProfile.Command(DisplayName: "Renamed", TimeZone: "Asia/Tokyo"), user.As());
        await crm.Ok(new ChangeProfile.Command(Language: "zh-CN", Theme: "dark"), user.As());
        var profile = await crm.Ok(new GetProfile.Query(), user.As());
        Assert.Equal(("Renamed", "zh-CN", "dark", "Asia/Tokyo"), (profile.DisplayName, profile.Language, profile.Theme, profile.TimeZone));
        await crm.Ok(new ChangeProfile.Command(TimeZone: ""), user.As());
        Assert.Null((await crm.Ok(new GetProfile.Query(), user.As())).TimeZone);
        var wrong = await crm.No(new ChangeProfile.Command("", "fr", "pink", "Nowhere"), user.As());
        Assert.Equal(["displayName", "language", "theme", "timeZone"], wrong.Errors.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_password_needs_the_old_one_and_ends_other_sessions()
    {
        var user = await crm.Member(Role.Rep);
        var stamp = await Stamp(user);
        await crm.Ok(new CheckSession.Query(stamp), user.As());
        Assert.Equal(["current"], (await crm.No(new ChangePassword.Command("wrong wrong wrong", "seven lakes of green"), user.As())).Errors.Keys);
        Assert.Equal(["new"], (await crm.No(new ChangePassword.Command(CrmUsers.Password, "password1234"), user.As())).Errors.Keys);
        await crm.Ok(new ChangePassword.Command(CrmUsers.Password, "seven lakes of green"), user.As());
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new CheckSession.Query(stamp), user.As())).Code);
        await crm.Ok(new CheckSession.Query(await Stamp(user)), user.As());
    }

    private Task<string> Stamp(UserId user) => crm.Scalar<string>("select security_stamp from users where id = $1", user.Value);
}
