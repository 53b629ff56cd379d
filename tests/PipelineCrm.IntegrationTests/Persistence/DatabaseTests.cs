using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Persistence;

public sealed class DatabaseTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly string[] Ledger = ["transitions", "refusals", "history"];

    public static TheoryData<string> WaysToRewriteThePast => new(
        Ledger.SelectMany(table => new[] { $"update {table} set channel = 0", $"delete from {table}", $"truncate {table}" }));

    [Theory]
    [MemberData(nameof(WaysToRewriteThePast))]
    public async Task The_application_role_cannot_rewrite_the_past(string sql)
    {
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand(sql, connection);
        var refused =
            await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Theory]
    [InlineData("alter table transitions disable trigger all")]
    [InlineData("drop table history")]
    [InlineData("create table mine (id integer)")]
    [InlineData("set session_replication_role = replica")]
    public async Task The_application_role_cannot_switch_the_protection_off(string sql)
    {
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand(sql, connection);
        var refused =
            await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task Two_roles_are_seen_as_two_and_one_as_one()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.True((await CrmDatabase.Check(crm.Connections.Crm, ct)).TwoRoles);
        Assert.False((await CrmDatabase.Check(crm.Connections.Owner, ct)).TwoRoles);
    }

    [Fact]
    public async Task Migrating_again_and_by_several_at_once_changes_nothing()
    {
        var ct = TestContext.Current.CancellationToken;
        var applied = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => CrmDatabase.Migrate(crm.Connections, ct)));
        Assert.All(applied, Assert.Empty);
    }

    [Fact]
    public async Task With_one_role_there_is_nothing_to_grant()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.Empty(await CrmDatabase.Migrate(new(crm.Connections.Owner, crm.Connections.Owner), ct));
    }

    [Fact]
    public async Task The_application_role_alone_may_start_on_a_migrated_database()
    {
        var ct = TestContext.Current.CancellationToken;
        Assert.Empty(await CrmDatabase.Migrate(new(crm.Connections.Crm, crm.Connections.Crm), ct));
    }

    [Fact]
    public async Task A_user_can_be_written_and_read()
    {
        var team = await crm.Team();
        var user = await crm.User(Role.Manager, team);
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand("select team_id from users where id = $1",
            connection)
        { Parameters = { new() { Value = user.Value } } };
        Assert.Equal(team.Value, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }
}
