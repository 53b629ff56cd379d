using System.Text;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>An empty database with one admin, and files to import into it.</summary>
public sealed class ImportRunner(TestCluster cluster) : IAsyncDisposable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "import");

    public static readonly string[] Maven = ["sales_teams.csv", "products.csv", "accounts.csv", "sales_pipeline.csv"];

    public CrmFixture Crm { get; } = new(cluster);

    public UserId Admin { get; private set; }

    public static async Task<ImportRunner> Start(TestCluster cluster)
    {
        var runner = new ImportRunner(cluster);
        await runner.Crm.InitializeAsync();
        runner.Admin = await runner.Crm.User(Role.Admin);
        return runner;
    }

    public static ImportFile FromData(string name) => new(name, () => File.OpenRead(Path.Combine(Folder, name)));

    public static ImportFile Of(string name, byte[] content) => new(name, () => new MemoryStream(content));

    public static ImportFile Of(string name, string content) => Of(name, Encoding.UTF8.GetBytes(content));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>The small set, some of its files replaced.</summary>
    public static IReadOnlyList<ImportFile> MavenWith(params ImportFile[] others) =>
        [.. Maven.Where(name => others.All(other => other.Name != name)).Select(FromData), .. others];

    public static readonly ImportMappingSource MavenMapping = new("maven-crm", null);

    public Task<Result<RunImport.Answer>> Send(RunImport.Command command) =>
        Crm.Door.Send(command, Caller.Console, TestContext.Current.CancellationToken);

    public async Task<RunImport.Answer> Run(params ImportFile[] others)
    {
        var result = await Send(new RunImport.Command(MavenWith(others), MavenMapping));
        Assert.True(result.Ok, result.Problem?.Message);
        return result.Value;
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var connection = await Crm.AsApp();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return (T)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task<string> Rows(string sql)
    {
        await using var connection = await Crm.AsApp();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var rows = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            rows.Add(string.Join(" ", Enumerable.Range(0, reader.FieldCount)
                .Select(i => Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))));
        }

        return string.Join("\n", rows);
    }

    /// <summary>A customer's fact as somebody else's work would have changed it, its history included.</summary>
    public Task WriteCustomer(string name, string column, string value, string field) => Rows($"""
        with written as (update customers set {column} = {value}, version = version + 1 where name like '{name}' returning id, {column} as it)
        insert into history (entity, entity_id, field, after, channel) select 'customer', id::text, '{field}', to_jsonb(it), 2 from written
        """);

    /// <summary>How much there is of everything that an import could leave behind.</summary>
    public Task<string> Content() => Rows("""
        select (select count(*) from users), (select count(*) from teams), (select count(*) from products), (select count(*) from customers),
               (select count(*) from deals), (select count(*) from transitions), (select count(*) from history)
        """);

    /// <summary>What verify finds wrong: replay, statuses, totals, numbering, hashes.</summary>
    public async Task<IReadOnlyList<string>> Differences()
    {
        var verified = await Crm.Door.Send(new VerifyLedger.Query(), Caller.Console, TestContext.Current.CancellationToken);
        Assert.True(verified.Ok, verified.Problem?.Message);
        Assert.Equal(verified.Value.Differences == 0, verified.Value.Sentences.Count == 0);
        return verified.Value.Sentences;
    }

    /// <summary>The deal of a row of the small set.</summary>
    public async Task<DealView> Deal(string key) =>
        await Crm.Get(new DealId(await Scalar<Guid>($"select id from deals where external_key = 'maven-crm:{key}' and not void")), Admin);

    public ValueTask DisposeAsync() => Crm.DisposeAsync();
}
