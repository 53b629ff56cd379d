using Npgsql;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Access;

public sealed class PasskeyTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const string Site = "https://crm.example:8443";

    private static readonly Caller Stranger = Caller.Anonymous with { Site = Site };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_added_listed_renamed_signed_in_by_and_removed()
    {
        var me = await Enter(await crm.Member(Role.Rep));
        Assert.Empty((await crm.Ok(new ListPasskeys.Query(), me)).Passkeys);
        using var device = await Added(me, "Phone");
        var listed = Assert.Single((await crm.Ok(new ListPasskeys.Query(), me)).Passkeys);
        Assert.Equal((device.Id, "Phone", (DateTimeOffset?)null), (listed.Id, listed.Name, listed.LastUsedAt));

        Assert.Equal(me.User, (await crm.Ok(await Answered(device), Stranger)).User);
        await crm.Ok(new RenamePasskey.Command(device.Id, "Old phone"), me);
        listed = Assert.Single((await crm.Ok(new ListPasskeys.Query(), me)).Passkeys);
        Assert.Equal("Old phone", listed.Name);
        Assert.NotNull(listed.LastUsedAt);
        Assert.Equal(["name"], (await crm.No(new RenamePasskey.Command(device.Id, " "), me)).Errors.Keys);
        Assert.Equal(me.User, (await crm.Ok(await Answered(device), Stranger)).User);

        await crm.Ok(new RemovePasskey.Command(device.Id), me);
        Assert.Empty((await crm.Ok(new ListPasskeys.Query(), me)).Passkeys);
        await Refused(await Answered(device));
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new RemovePasskey.Command(device.Id), me)).Code);
    }

    [Fact]
    public async Task A_challenge_is_answered_once_in_time_here_and_by_somebody_who_showed_that_it_is_theirs()
    {
        var me = await Enter(await crm.Member(Role.Rep));
        using var device = await Added(me, "Phone");
        var answered = await Answered(device);
        await crm.Ok(answered, Stranger);
        await Refused(answered);
        // Nor one that was made before the last one that was answered.
        var (early, late) = (await Answered(device), await Answered(device));
        await crm.Ok(late, Stranger);
        await Refused(early);

        device.Origin = "https://crm.example.evil.example";
        await Refused(await Answered(device));
        device.Origin = "http://crm.example:8443";
        await Refused(await Answered(device));
        (device.Origin, device.Verifies) = (Site, false);
        await Refused(await Answered(device));
        device.Verifies = true;
        // Sent on to another site of ours.
        await Refused(await Answered(device), Stranger with { Site = "https://other.example" });
        await Refused(await Answered(device) with { Ticket = "guess" });
        await Refused(await Answered(device) with { Ticket = (await crm.Ok(new BeginPasskey.Query("Phone"), me)).Ticket });
        await Refused(await Answered(device) with { Credential = "guess" });
        await crm.Ok(await Answered(device), Stranger);
    }

    [Fact]
    public async Task Two_answers_to_one_challenge_at_the_same_time_let_in_once()
    {
        var me = await Enter(await crm.Member(Role.Rep));
        using var device = await Added(me, "Phone");
        var answered = await Answered(device);
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => crm.Door.Send(answered, Stranger, Ct)));
        Assert.Single(sent, one => one.Ok);
    }

    [Fact]
    public async Task It_counts_as_both_factors()
    {
        var user = await crm.Member(Role.Rep);
        var me = await Enter(user);
        using var device = await Added(me, "Phone");
        var key = (await crm.Ok(new BeginSecondFactor.Command(), me)).Key;
        await crm.Ok(new ConfirmSecondFactor.Command(Totp.Code(key)), me);
        Assert.Equal(user, (await crm.Ok(await Answered(device), Stranger)).User);
        await crm.Ok(new StartSession.Command(user, "Firefox", "Linux", "passkey", SecondFactor: true), Caller.Console);
    }

    [Fact]
    public async Task Who_signed_in_a_while_ago_gives_their_password_and_who_guesses_it_is_slowed_down()
    {
        var me = await Enter(await crm.Member(Role.Rep));
        Assert.False((await crm.Ok(new ListPasskeys.Query(), me)).PasswordNeeded);
        await using var connection = await crm.AsOwner();
        await using var old = new NpgsqlCommand("update sessions set created_at = now() - interval '11 minutes' where id = $1", connection)
        {
            Parameters = { new() { Value = me.Session!.Value.Value } },
        };
        await old.ExecuteNonQueryAsync(Ct);
        Assert.True((await crm.Ok(new ListPasskeys.Query(), me)).PasswordNeeded);
        Assert.Equal(["password"], (await crm.No(new BeginPasskey.Query("Phone"), me)).Errors.Keys);
        await crm.Ok(new BeginPasskey.Query("Phone", CrmUsers.Password), me);
        var codes = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            codes.Add((await crm.No(new BeginPasskey.Query("Phone", "wrong wrong wrong"), me)).Code);
        }

        Assert.Equal(ProblemCode.TooManyRequests, codes[^1]);
    }

    [Fact]
    public async Task It_is_ones_own()
    {
        var (me, other) = (await Enter(await crm.Member(Role.Rep)), await Enter(await crm.Member(Role.Admin)));
        using var device = await Added(me, "Phone");
        Assert.Empty((await crm.Ok(new ListPasskeys.Query(), other)).Passkeys);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new RenamePasskey.Command(device.Id, "Mine"), other)).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new RemovePasskey.Command(device.Id), other)).Code);

        var begun = await crm.Ok(new BeginPasskey.Query("Phone"), me);
        using var second = new SoftwareAuthenticator(Site);
        var made = second.Make(begun.Options);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new AddPasskey.Command(begun.Ticket, made), other)).Code);
        second.Origin = "https://evil.example";
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new AddPasskey.Command(begun.Ticket, second.Make(begun.Options)), me)).Code);
        await crm.Ok(new AddPasskey.Command(begun.Ticket, made), me);
        // What was added is not added again.
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new AddPasskey.Command(begun.Ticket, made), me)).Code);
    }

    [Fact]
    public async Task It_is_gone_with_a_change_of_password_and_lets_nobody_in_who_is_disabled()
    {
        var me = await Enter(await crm.Member(Role.Rep));
        using var first = await Added(me, "Phone");
        await crm.Ok(new ChangePassword.Command(CrmUsers.Password, "seven lakes of green"), me);
        Assert.Empty((await crm.Ok(new ListPasskeys.Query(), me)).Passkeys);
        await Refused(await Answered(first));

        using var second = await Added(me, "Phone");
        var reset = await crm.Ok(new IssueSignInLink.Command(me.User!.Value), Caller.Console);
        await crm.Ok(new SetPassword.Command(reset.User, reset.Purpose, reset.Secret, "green boats on a lake"), Caller.Anonymous);
        await Refused(await Answered(second));

        using var third = await Added(await Enter(me.User.Value), "Phone");
        await crm.Ok(new DisableUser.Command(me.User.Value), Caller.Console);
        await Refused(await Answered(third));
        await crm.Ok(new EnableUser.Command(me.User.Value), Caller.Console);
        await crm.Ok(await Answered(third), Stranger);
    }

    [Fact]
    public async Task Who_tries_again_and_again_is_slowed_down_and_a_browser_that_was_in_is_not()
    {
        var me = await Enter(await crm.Member(Role.Rep));
        using var device = await Added(me, "Phone");
        var here = Stranger with { From = "203.0.113.7" };
        var mark = (await crm.Ok(await Answered(device), here)).Mark;
        var codes = new List<string>();
        for (var number = 0; number < 12; number++)
        {
            codes.Add((await crm.No(new SignInWithPasskey.Command("guess", $$"""{"id":"{{device.Id}}"}"""), here)).Code);
        }

        Assert.Equal(ProblemCode.TooManyRequests, codes[^1]);
        Assert.Equal(ProblemCode.TooManyRequests, (await crm.No(await Answered(device), here)).Code);
        await crm.Ok(await Answered(device) with { Mark = mark }, here);
        await crm.Ok(await Answered(device), Stranger with { From = "203.0.113.8" });
    }

    private async Task<SoftwareAuthenticator> Added(Caller me, string name)
    {
        var begun = await crm.Ok(new BeginPasskey.Query(name), me);
        var device = new SoftwareAuthenticator(Site);
        await crm.Ok(new AddPasskey.Command(begun.Ticket, device.Make(begun.Options)), me);
        return device;
    }

    private async Task<SignInWithPasskey.Command> Answered(SoftwareAuthenticator device)
    {
        var begun = await crm.Ok(new BeginPasskeySignIn.Query(), Stranger);
        return new SignInWithPasskey.Command(begun.Ticket, device.Sign(begun.Options));
    }

    private async Task Refused(SignInWithPasskey.Command answered, Caller? by = null)
    {
        // Another address each time: how often is asked of one is another test's.
        var from = (by ?? Stranger) with { From = Guid.NewGuid().ToString() };
        Assert.Equal(ProblemCode.Unauthenticated, (await crm.No(answered, from)).Code);
    }

    private async Task<Caller> Enter(UserId user)
    {
        var started = await crm.Ok(new StartSession.Command(user, "Firefox", "Linux", "test"), Caller.Console);
        return user.As() with { Session = started.Id, Site = Site };
    }
}
