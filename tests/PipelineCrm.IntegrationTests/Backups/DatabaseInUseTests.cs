using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Npgsql;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Backups;
using PipelineCrm.Persistence.Postgres;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>What every command finds before it begins: a private database migrated with a backup before, a newer or an unnamed one
/// refused.</summary>
public sealed class DatabaseInUseTests(CrmFixture crm) : IClassFixture<CrmFixture>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipelinecrm-use-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    private string Backups => Path.Combine(Data, "backups");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Before_a_migration_a_private_database_with_data_is_backed_up_and_the_last_five_are_kept()
    {
        await using var server = await PrivateCluster.Join(new(Data, Durable: false), Ct);
        var connections = await server.Provision(Ct);
        await OlderDatabase.Make(connections.Owner);
        await SampleDatabase.Do(connections.Owner, OlderDatabase.SomebodyWorks);
        Directory.CreateDirectory(Backups);
        string[] older = [.. Enumerable.Range(1, 6)
            .Select(day => Path.Combine(Backups, $"2020010{day}T000000.000Z-before-0001_base.backup"))];
        foreach (var file in older.Append(Path.Combine(Backups, "mine.backup")))
        {
            await File.WriteAllTextAsync(file, "", Ct);
        }

        await using (var database = await Open(Private))
        {
            Assert.Contains("0120_data_protection_keys", database.Applied);
        }

        // Their own are not touched, and of those made by themselves the oldest two went.
        var kept = Directory.EnumerateFiles(Backups).Order(StringComparer.Ordinal).ToList();
        Assert.Equal([.. older[2..], Path.Combine(Backups, "mine.backup")],
            kept.Where(file => !Path.GetFileName(file).StartsWith("202", StringComparison.Ordinal) || older.Contains(file)));
        var first = SchemaVersion.Known.SkipWhile(known => known != OlderDatabase.Last).ElementAt(1);
        var made = Assert.Single(kept, file => file.EndsWith($"-before-{first}.backup", StringComparison.Ordinal));
        await CrmRestore.Run(made, new(connections, server.AdminConnectionString, null), force: false, () => Task.CompletedTask, Ct);
        Assert.Equal("Orchard Ltd", await SampleDatabase.Scalar<string>(connections.Crm, "select name from customers"));

        // Nothing to apply, nothing to back up.
        await using (var again = await Open(Private))
        {
            Assert.Empty(again.Applied);
        }

        Assert.Equal(kept, Directory.EnumerateFiles(Backups).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_private_database_is_migrated_without_a_backup()
    {
        await using var database = await Open(Private);
        Assert.Equal(SchemaVersion.Known, database.Applied);
        Assert.False(Directory.Exists(Backups));
    }

    [Fact]
    public async Task A_backup_that_fails_stops_the_migration_in_one_sentence()
    {
        await using var server = await PrivateCluster.Join(new(Data, Durable: false), Ct);
        var connections = await server.Provision(Ct);
        await OlderDatabase.Make(connections.Owner);
        await SampleDatabase.Do(connections.Owner, OlderDatabase.SomebodyWorks);
        await File.WriteAllTextAsync(Backups, "a file where the folder should be", Ct);
        var refused = await Assert.ThrowsAsync<DatabaseStartException>(() => Open(Private));
        Assert.StartsWith("The database was not migrated, because it could not be backed up before: ", refused.Message,
            StringComparison.Ordinal);
        Assert.Equal(OlderDatabase.Last,
            await SampleDatabase.Scalar<string>(connections.Owner, """select max("MigrationId") from "__EFMigrationsHistory" """));
    }

    [Fact]
    public async Task A_newer_database_is_refused_by_every_command()
    {
        var given = new Dictionary<string, string?>
        {
            ["ConnectionStrings:Crm"] = crm.Connections.Crm,
            ["ConnectionStrings:CrmOwner"] = crm.Connections.Owner
        };
        await using var owner = new NpgsqlConnection(crm.Connections.Owner);
        await owner.OpenAsync(Ct);
        await SampleDatabase.Do(crm.Connections.Owner, """insert into "__EFMigrationsHistory" values ('9999_later', '11.0.0')""");
        try
        {
            var refused = await Assert.ThrowsAsync<DatabaseStartException>(() => Open(given));
            Assert.Equal(
                $"The database is of a newer version of PipelineCrm (it has migration 9999_later, this program knows them up to {SchemaVersion.Known[^1]}): start that version.", refused.Message);
            await using var database = await ActiveDatabase.Resolve(Settings(given), Environment, Ct);
            var backup = CommandReader.Read(["backup", Path.Combine(_folder, "newer.backup")]).Invocation!.RunOnDatabase!;
            Assert.Equal(refused.Message, (await Assert.ThrowsAsync<DatabaseStartException>(() => backup(database, Ct))).Message);
            Assert.Empty(Directory.EnumerateFiles(_folder));
        }
        finally
        {
            await SampleDatabase.Do(crm.Connections.Owner, """delete from "__EFMigrationsHistory" where "MigrationId" = '9999_later'""");
        }
    }

    [Fact]
    public void All_commands_open_the_database_in_one_of_the_two_ways_that_look_at_its_version()
    {
        string[] whole = [.. CommandTable.All.Where(command => CommandReader.Read([command.Name,
            .. Arguments(command.Name)]).Invocation!.RunOnDatabase is not null).Select(command => command.Name)];
        Assert.Equal(["backup", "restore"], whole);
    }

    [Theory]
    [InlineData("Crm", "")]
    [InlineData("Crm", "  ")]
    [InlineData("CrmOwner", "")]
    public async Task An_empty_connection_string_is_an_error(string name, string value)
    {
        var given = new Dictionary<string, string?>(Private)
        {
            ["ConnectionStrings:Crm"] = crm.Connections.Crm,
            ["ConnectionStrings:CrmOwner"] = crm.Connections.Owner
        };
        given[$"ConnectionStrings:{name}"] = value;
        var refused = await Assert.ThrowsAsync<DatabaseStartException>(() => Open(given));
        Assert.Equal($"ConnectionStrings__{name} is empty: give a connection string, or do not set it.", refused.Message);
        Assert.False(Directory.Exists(Data));
    }

    private static string[] Arguments(string command) => command switch
    {
        "user" => ["a@test.example", "--role", "rep"],
        "token" => ["a@test.example"],
        "import" => ["--list"],
        "backup" or "restore" => ["file"],
        _ => [],
    };

    private Dictionary<string, string?> Private => new() { ["PIPELINECRM_PRIVATE_DB"] = "1", ["PIPELINECRM_DATA"] = Data };

    private static HostingEnvironment Environment => new() { EnvironmentName = Environments.Production };

    private static IConfiguration Settings(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static Task<ActiveDatabase> Open(Dictionary<string, string?> settings) =>
        ActiveDatabase.Open(Settings(settings), Environment, Ct);
}
