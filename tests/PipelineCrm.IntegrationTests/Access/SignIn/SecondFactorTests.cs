using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class SecondFactorTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task It_is_on_once_a_first_code_confirmed_it_and_ends_the_sessions_of_before()
    {
        var user = await crm.Member(Role.Rep);
        var (one, other) = (await Enter(user), await Enter(user));
        var begun = await crm.Ok(new BeginSecondFactor.Command(), one);
        Assert.Contains($"secret={begun.Key.Replace(" ", "", StringComparison.Ordinal)}", begun.Address, StringComparison.Ordinal);
        Assert.Equal(["code"], (await crm.No(new ConfirmSecondFactor.Command("000000"), one)).Errors.Keys);
        Assert.False((await crm.Ok(new ReadSecondFactor.Query(), other)).On);

        var codes = (await crm.Ok(new ConfirmSecondFactor.Command(Totp.Code(begun.Key)), one)).RecoveryCodes;
        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal(new ReadSecondFactor.Answer(true, 10), await crm.Ok(new ReadSecondFactor.Query(), one));
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new ReadSecondFactor.Query(), other)).Code);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new BeginSecondFactor.Command(), one)).Code);
    }

    [Fact]
    public async Task Nobody_is_in_without_it_and_no_code_is_good_twice()
    {
        var user = await crm.Member(Role.Rep);
        var (_, key, recovery) = await SwitchedOn(user);
        var ticket = await Ticket(user);
        Assert.Equal(["code"], (await crm.No(new SignInWithCode.Command(ticket, "123"), Caller.Anonymous)).Errors.Keys);
        // The code that confirmed it was used by that.
        Assert.Equal(["code"], (await crm.No(new SignInWithCode.Command(ticket, Totp.Code(key)), Caller.Anonymous)).Errors.Keys);
        var next = Totp.Code(key, 1);
        Assert.Equal(user, (await crm.Ok(new SignInWithCode.Command(ticket, $"{next[..3]} {next[3..]}"), Caller.Anonymous)).User);
        Assert.Equal(["code"], (await crm.No(new SignInWithCode.Command(ticket, next), Caller.Anonymous)).Errors.Keys);
        Assert.Equal(user, (await crm.Ok(new SignInWithCode.Command(ticket, recovery[3].ToLowerInvariant()), Caller.Anonymous)).User);
        Assert.Equal(["code"], (await crm.No(new SignInWithCode.Command(ticket, recovery[3]), Caller.Anonymous)).Errors.Keys);
    }

    [Fact]
    public async Task Who_guesses_codes_is_slowed_down_and_a_ticket_dies_with_the_password()
    {
        var user = await crm.Member(Role.Rep);
        await SwitchedOn(user);
        var ticket = await Ticket(user);
        var codes = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            codes.Add((await crm.No(new SignInWithCode.Command(ticket, $"00000{number}"), Caller.Anonymous)).Code);
        }

        Assert.Equal(ProblemCode.TooManyRequests, codes[^1]);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new SignInWithCode.Command("guess", "000000"), Caller.Anonymous)).Code);
        var reset = await crm.Ok(new IssueSignInLink.Command(user), Caller.Console);
        await crm.Ok(new SetPassword.Command(reset.User, reset.Purpose, reset.Secret, "seven lakes of green"), Caller.Anonymous);
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(new SignInWithCode.Command(ticket, "000000"), Caller.Anonymous)).Code);
        // A link is no way around it.
        await Ticket(user);
    }

    [Fact]
    public async Task It_is_switched_off_with_the_password_or_by_an_admin()
    {
        var user = await crm.Member(Role.Rep);
        var (session, _, _) = await SwitchedOn(user);
        Assert.Equal(["password"], (await crm.No(new EndSecondFactor.Command("wrong wrong wrong"), session)).Errors.Keys);
        await crm.Ok(new EndSecondFactor.Command(CrmUsers.Password), session);
        Assert.Equal(new ReadSecondFactor.Answer(false, 0), await crm.Ok(new ReadSecondFactor.Query(), session));
        await Enter(user);

        var (again, _, _) = await SwitchedOn(user);
        Assert.True((await crm.Ok(new ListUsers.Query(), Caller.Console)).Single(one => one.Id == user).SecondFactor);
        await crm.Ok(new ResetSecondFactor.Command(user), Caller.Console);
        await crm.No(new ReadSecondFactor.Query(), again);
        await Enter(user);
        Assert.False((await crm.Ok(new ListUsers.Query(), Caller.Console)).Single(one => one.Id == user).SecondFactor);
    }

    private async Task<(Caller Session, string Key, IReadOnlyList<string> Recovery)> SwitchedOn(UserId user)
    {
        var session = await Enter(user);
        var key = (await crm.Ok(new BeginSecondFactor.Command(), session)).Key;
        return (session, key, (await crm.Ok(new ConfirmSecondFactor.Command(Totp.Code(key)), session)).RecoveryCodes);
    }

    private async Task<Caller> Enter(UserId user)
    {
        var started = await crm.Ok(new StartSession.Command(user, "Firefox", "Linux", "test"), Caller.Console);
        return user.As() with { Session = started.Id };
    }

    private async Task<string> Ticket(UserId user)
    {
        var asked = await crm.No(new StartSession.Command(user, "Firefox", "Linux", "password"), Caller.Console);
        Assert.Equal(ProblemCode.SecondFactor, asked.Code);
        return Assert.IsType<SecondFactorTicket>(asked.Detail).Sealed;
    }
}
