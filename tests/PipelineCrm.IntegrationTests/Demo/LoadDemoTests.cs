using Npgsql;
using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Demo;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Funnel;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Demo;

public sealed class LoadDemoTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task The_demo_goes_through_the_real_use_cases_once_and_is_refused_afterwards()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.Equal(["token"], (await crm.Door.Send(new LoadDemo.Command(), Caller.Anonymous, ct)).Problem?.Errors.Keys);
        var token = (await crm.Door.Send(new RenewSetupToken.Command(), Caller.Console, ct)).Value!.Token;
        var result = await crm.Door.Send(new LoadDemo.Command(Proof: new ConsoleProof(AtTheMachine: false, token)), Caller.Anonymous, ct);

        Assert.True(result.Ok, result.Problem?.Message);
        Assert.Equal((16, 400, 1500), (result.Value.Users, result.Value.Customers, result.Value.Deals));
        Assert.Equal(1500, await crm.Fold(1_000_000));
        var verified = await crm.Door.Send(new VerifyLedger.Query(), Caller.Console, ct);
        Assert.Equal(0, verified.Value?.Differences);
        await using var connection = await crm.AsApp();
        Assert.Equal("1500 t t",
            await Row(connection, "select (select count(*) from deals), demo::text = 'true', set_up_at is not null from settings"));
        Assert.Equal("6 0", await Row(connection,
            "select max(channel), count(*) filter (where occurred_at > recorded_at - interval '1 hour') from transitions"));
        Assert.Equal("0", await Row(connection, "select count(*) from refusals where verdict ->> 'reason' <> 'conditions'"));
        Assert.Equal("0", await Row(connection, """
            select count(*) from deals d join transitions t on t.deal_id = d.id and t.seq = d.last_seq where (t.to_stage, t.to_outcome) <> (d.stage, d.outcome)
            """));
        Assert.Equal("9", await Row(connection, "select count(distinct kind) from transitions"));

        var admin = new UserId(Guid.Parse(await Row(connection, "select id from users where email = 'admin@demo.example'")));
        Assert.Equal(ProblemCode.Conflict,
            (await crm.Door.Send(new LoadDemo.Command(), new Caller(admin, Channel.Page), ct)).Problem?.Code);

        var people = (await crm.Door.Send(new ListUsers.Query(), new Caller(admin, Channel.Page), ct)).Value!;
        Assert.Equal(["admin@demo.example", "manager@demo.example", "rep@demo.example"],
            people.Where(one => one.State == UserState.OneClick).Select(one => one.Email).Order());
        Assert.All(people.Where(one => one.State != UserState.OneClick), one => Assert.Equal(UserState.Demo, one.State));
        Assert.True(
            (await crm.Door.Send(new InviteUser.Command("new@demo.example", "New", Role.Rep), new Caller(admin, Channel.Page), ct)).Ok);
        people = (await crm.Door.Send(new ListUsers.Query(), new Caller(admin, Channel.Page), ct)).Value!;
        Assert.Equal(UserState.Invited, people.Single(one => one.Email == "new@demo.example").State);
        Assert.Equal(ProblemCode.Forbidden, (await crm.Door.Send(new LoadDemo.Command(), Caller.Anonymous, ct)).Problem?.Code);
        await OneClickSignsIn(admin, token!, ct);
    }

    /// <summary>At the machine, or with the token of before or after the load; until an admin switches it off.</summary>
    private async Task OneClickSignsIn(UserId admin, string token, CancellationToken ct)
    {
        Assert.Equal(admin, await AsAdmin(new ConsoleProof(AtTheMachine: true, null)));
        Assert.Equal(admin, await AsAdmin(new ConsoleProof(AtTheMachine: false, token)));
        var renewed = (await crm.Door.Send(new RenewSetupToken.Command(), Caller.Console, ct)).Value!;
        Assert.True(renewed.ForDemo);
        Assert.Equal(admin, await AsAdmin(new ConsoleProof(AtTheMachine: false, renewed.Token)));
        Assert.Null(await AsAdmin(new ConsoleProof(AtTheMachine: false, null)));
        Assert.Null(await AsAdmin(new ConsoleProof(AtTheMachine: false, "ABCD-EFGH-JKMN-PQRS-TVWX")));
        Assert.Equal(ProblemCode.Conflict, (await crm.Door.Send(
            new SetUpOrganisation.Command(renewed.Token!, "Org", "UTC", "EUR", "Eve", "eve@test.example", "green boats on seven lakes"),
            Caller.Anonymous, ct)).Problem?.Code);

        Assert.True((await crm.Door.Send(new ChangeSettings.Command("Org", "UTC", "EUR", true, DemoSignIn: false),
            new Caller(admin, Channel.Page), ct)).Ok);
        Assert.Null(await AsAdmin(new ConsoleProof(AtTheMachine: true, renewed.Token)));
        Assert.False((await crm.Door.Send(new GetSetupState.Query(), Caller.Anonymous, ct)).Value!.Demo);
        Assert.Null((await crm.Door.Send(new RenewSetupToken.Command(), Caller.Console, ct)).Value!.Token);

        async Task<UserId?> AsAdmin(ConsoleProof proof) =>
            await crm.Door.Send(new SignInAsDemo.Query(Role.Admin, proof), Caller.Anonymous, ct) is { Ok: true } let ? let.Value : null;
    }

    private static async Task<string> Row(NpgsqlConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await reader.ReadAsync(TestContext.Current.CancellationToken);
        return string.Join(" ", Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is bool flag ? flag ? "t" : "f"
            : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture)));
    }
}
