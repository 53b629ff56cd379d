using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Backups;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>The whole database into a file and back, on this server and on another one.</summary>
[Collection(Restores.Name)]
public sealed class BackupTests(LocalCluster cluster, LocalCrm crm) : IClassFixture<LocalCrm>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipelinecrm-backup-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder, "whole.backup");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_backup_restored_on_another_machine_holds_every_row_and_users_links_and_tokens_go_on()
    {
        var rep = await crm.Make();
        var email = await crm.Scalar<string>("select email from users where id = $1", rep.Value);
        var token = await crm.Ok(new IssueApiToken.Command(email, "script"), Caller.Console);
        var link = await crm.Ok(new InviteUser.Command("late@test.example", "Late", Role.Viewer), Caller.Console);
        // The application's role suffices, and a running application does not matter.
        var manifest = await CrmBackup.Write(crm.Connections.Crm, null, File, Ct);
        Assert.Equal((SchemaVersion.Known[^1], UnixFileMode.UserRead | UnixFileMode.UserWrite),
            (manifest.Schema, System.IO.File.GetUnixFileMode(File)));
        var content = await DatabaseContent.Of(crm.Connections);

        var elsewhere = Path.Combine(_folder, "elsewhere");
        await using (var other = await PrivateCluster.Join(new(elsewhere, Durable: false), Ct))
        {
            var connections = await other.Provision(Ct);
            var restored = await CrmRestore.Run(File, new(connections, other.AdminConnectionString, null), force: false, Nothing, Ct);
            Assert.Equal((manifest, 0, null), (restored.Manifest, restored.Applied.Count, restored.Left));
            DatabaseContent.Same(content, await DatabaseContent.Of(connections));
            Assert.True(await crm.Scalar<long>("select count(*) from outbox") > 0);
            Assert.Equal(0L, await SampleDatabase.Scalar<long>(connections.Crm, "select count(*) from outbox"));
            Assert.Equal(["pipelinecrm"], await Names(other.AdminConnectionString, "pipelinecrm"));

            await using var services = SampleDatabase.On(connections);
            var sender = services.GetRequiredService<UseCaseSender>();
            Assert.Equal(0, (await sender.Send(new VerifyLedger.Query(), Caller.Console, Ct)).Value?.Differences);
            Assert.True((await sender.Send(new VerifyLedger.Query(), Caller.Console, Ct)).Value?.TwoRoles);
            Assert.Equal(rep, (await sender.Send(new AuthenticateApiToken.Query(token.Secret), Caller.Anonymous, Ct)).Value?.User);
            Assert.True((await sender.Send(new SetPassword.Command(link.User, link.Purpose, link.Secret, CrmUsers.Password),
                Caller.Anonymous, Ct)).Ok);
            Assert.True((await sender.Send(new CreateDeal.Command(await AnyCustomer(connections), "Goes on"), rep.As(), Ct)).Ok);
            var refused =
                await Assert.ThrowsAsync<PostgresException>(() => SampleDatabase.Do(connections.Crm, "update transitions set channel = 0"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        Directory.Delete(elsewhere, recursive: true);
    }

    [Fact]
    public async Task What_came_after_the_backup_is_gone_and_the_old_database_with_it()
    {
        var target = await Target();
        await CrmBackup.Write(target.Connections.Crm, null, File, Ct);
        var content = await DatabaseContent.Of(target.Connections);
        await SampleDatabase.Do(target.Connections.Crm, OlderDatabase.SomebodyWorks);
        Assert.NotEqual(content, await DatabaseContent.Of(target.Connections));
        await CrmRestore.Run(File, target, force: false, Nothing, Ct);
        DatabaseContent.Same(content, await DatabaseContent.Of(target.Connections));
        Assert.Equal([NameOf(target)], await Names(target.Maintenance, NameOf(target)));
    }

    [Fact]
    public async Task A_backup_of_an_older_version_is_migrated()
    {
        var target = await Target();
        await SampleDatabase.Do(target.Connections.Owner, "drop schema public cascade; create schema public");
        await OlderDatabase.Make(target.Connections.Owner);
        await SampleDatabase.Do(target.Connections.Owner, OlderDatabase.SomebodyWorks);
        Assert.Equal(OlderDatabase.Last, (await CrmBackup.Write(target.Connections.Owner, null, File, Ct)).Schema);
        var restored = await CrmRestore.Run(File, target, force: false, Nothing, Ct);
        Assert.Equal(SchemaVersion.Known.SkipWhile(known => known != OlderDatabase.Last).Skip(1), restored.Applied);
        Assert.Equal("Orchard Ltd", await SampleDatabase.Scalar<string>(target.Connections.Crm, "select name from customers"));
    }

    [Fact]
    public async Task Where_somebody_works_it_refuses_without_force_and_puts_them_out_with_it()
    {
        var target = await Target();
        await CrmBackup.Write(target.Connections.Crm, null, File, Ct);
        // The session must not end by itself, however long the restore takes.
        var lasting = new NpgsqlConnectionStringBuilder(target.Connections.Crm) { ConnectionIdleLifetime = 600 }.ConnectionString;
        await using var services = SampleDatabase.On(target.Connections with { Crm = lasting });
        var sender = services.GetRequiredService<UseCaseSender>();
        Assert.Equal(0, (await sender.Send(new VerifyLedger.Query(), Caller.Console, Ct)).Value?.Differences);
        await SampleDatabase.Do(target.Connections.Crm, OlderDatabase.SomebodyWorks);
        var content = await DatabaseContent.Of(target.Connections);

        var refused = await Assert.ThrowsAsync<BackupException>(() => CrmRestore.Run(File, target, force: false, Nothing, Ct));
        Assert.Contains("in use", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--force", refused.Message, StringComparison.Ordinal);
        DatabaseContent.Same(content, await DatabaseContent.Of(target.Connections));

        await CrmRestore.Run(File, target, force: true, Nothing, Ct);
        // The session that was ended is told as an outage, the next one works on the restored database.
        Assert.Equal(ProblemCode.Unavailable, (await sender.Send(new VerifyLedger.Query(), Caller.Console, Ct)).Problem?.Code);
        Assert.Equal(0, (await sender.Send(new VerifyLedger.Query(), Caller.Console, Ct)).Value?.Customers);
    }

    [Fact]
    public async Task Who_begins_to_work_while_it_restores_keeps_the_old_database()
    {
        var target = await Target();
        await CrmBackup.Write(target.Connections.Crm, null, File, Ct);
        await SampleDatabase.Do(target.Connections.Crm, OlderDatabase.SomebodyWorks);
        await using var somebody = new NpgsqlConnection($"{target.Connections.Crm};Pooling=false");
        var refused =
            await Assert.ThrowsAsync<BackupException>(() => CrmRestore.Run(File, target, force: false, () => somebody.OpenAsync(Ct), Ct));
        Assert.Contains("meanwhile", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1L, await SampleDatabase.Scalar<long>(target.Connections.Crm, "select count(*) from customers"));
        Assert.Equal([NameOf(target)], await Names(target.Maintenance, NameOf(target)));
    }

    [Fact]
    public async Task A_role_that_may_not_make_databases_is_told_what_it_lacks()
    {
        var target = await Target();
        await CrmBackup.Write(target.Connections.Crm, null, File, Ct);
        var refused = await Assert.ThrowsAsync<BackupException>(
            () => CrmRestore.Run(File, RestoreTarget.Of(target.Connections, null), force: false, Nothing, Ct));
        Assert.Contains("createdb", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_owner_of_a_given_database_restores_it_where_it_may_make_databases()
    {
        var target = await Target();
        var owner = new NpgsqlConnectionStringBuilder(target.Connections.Owner).Username;
        await CrmBackup.Write(target.Connections.Crm, null, File, Ct);
        var content = await DatabaseContent.Of(target.Connections);
        await SampleDatabase.Do(target.Connections.Crm, OlderDatabase.SomebodyWorks);
        await SampleDatabase.Do(target.Maintenance, $"alter role \"{owner}\" createdb");
        try
        {
            await CrmRestore.Run(File, RestoreTarget.Of(target.Connections, null), force: false, Nothing, Ct);
        }
        finally
        {
            await SampleDatabase.Do(target.Maintenance, $"alter role \"{owner}\" nocreatedb");
        }

        DatabaseContent.Same(content, await DatabaseContent.Of(target.Connections));
    }

    [Fact]
    public async Task An_empty_database_has_nothing_to_back_up()
    {
        var target = await Target();
        await SampleDatabase.Do(target.Connections.Owner, "drop schema public cascade; create schema public");
        var refused = await Assert.ThrowsAsync<BackupException>(() => CrmBackup.Write(target.Connections.Owner, null, File, Ct));
        Assert.Contains("nothing to back up", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Another_file_is_not_overwritten_and_a_backup_is()
    {
        await System.IO.File.WriteAllTextAsync(File, "Dear customer", Ct);
        await Assert.ThrowsAsync<BackupException>(() => CrmBackup.Write(crm.Connections.Crm, null, File, Ct));
        Assert.Equal("Dear customer", await System.IO.File.ReadAllTextAsync(File, Ct));
        System.IO.File.Delete(File);
        var first = await CrmBackup.Write(crm.Connections.Crm, null, File, Ct);
        var second = await CrmBackup.Write(crm.Connections.Crm, null, File, Ct);
        Assert.True(second.Taken > first.Taken);
        Assert.Equal([File], Directory.EnumerateFileSystemEntries(_folder));
    }

    private static Task Nothing() => Task.CompletedTask;

    private static string NameOf(RestoreTarget target) => new NpgsqlConnectionStringBuilder(target.Connections.Owner).Database!;

    private async Task<RestoreTarget> Target() => new(await cluster.NewDatabase(), cluster.AdminConnectionString, null);

    private static async Task<string[]> Names(string admin, string prefix) =>
        await SampleDatabase.Scalar<string[]>(admin,
            $"select array_agg(datname::text order by 1) from pg_database where starts_with(datname, '{prefix}')");

    private static async Task<CustomerId> AnyCustomer(CrmConnections connections) =>
        new(await SampleDatabase.Scalar<Guid>(connections.Owner, "select id from customers where archived_at is null limit 1"));
}
