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
    public async Task A_new_password_needs_the_old_one()
    {
        var user = await crm.Member(Role.Rep);
        Assert.Equal(["current"],
            (await crm.No(new ChangePassword.Command("wrong wrong wrong", "seven lakes of green"), user.As())).Errors.Keys);
        Assert.Equal(["new"], (await crm.No(new ChangePassword.Command(CrmUsers.Password, "password1234"), user.As())).Errors.Keys);
        await crm.Ok(new ChangePassword.Command(CrmUsers.Password, "seven lakes of green"), user.As());
        Assert.Equal(["current"],
            (await crm.No(new ChangePassword.Command(CrmUsers.Password, "eight lakes of green"), user.As())).Errors.Keys);
    }

    [Fact]
    public async Task Who_guesses_at_the_password_of_an_open_sign_in_is_slowed_down()
    {
        var user = await crm.Member(Role.Rep);
        var codes = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            codes.Add((await crm.No(new ChangePassword.Command($"wrong wrong {number}", "seven lakes of green"), user.As())).Code);
        }

        Assert.Equal(ProblemCode.Validation, codes[0]);
        Assert.Equal(ProblemCode.TooManyRequests, codes[^1]);
    }
}
