using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.IntegrationTests.Backups;
using PipelineCrm.Persistence;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>Keys of cookies and links: in the database, and those that an older program wrote go on.</summary>
public sealed class KeyTests(TestCluster cluster)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_older_program_sealed_is_opened_after_the_migration()
    {
        var connections = await cluster.NewDatabase();
        await SampleDatabase.Do(connections.Owner, "drop schema public cascade; create schema public");
        await OlderDatabase.Make(connections.Owner);
        var sealed_ = Protector(new OldStore(connections.Owner)).Protect("who signed in");
        await CrmDatabase.Migrate(connections, Ct);

        await using var services = SampleDatabase.On(connections);
        var protection = services.GetRequiredService<IDataProtectionProvider>();
        Assert.Equal("who signed in", protection.CreateProtector("cookie").Unprotect(sealed_));
        Assert.Equal(1L, await SampleDatabase.Scalar<long>(connections.Crm, "select count(*) from data_protection_keys"));
    }

    [Fact]
    public async Task Two_nodes_read_the_same_keys()
    {
        var connections = await cluster.NewDatabase();
        await using var one = SampleDatabase.On(connections);
        var sealed_ = one.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("who signed in");
        await using var other = SampleDatabase.On(connections);
        Assert.Equal("who signed in", other.GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(sealed_));
        Assert.Equal("id integer, friendly_name text, xml text", await SampleDatabase.Scalar<string>(
            connections.Owner,
            "select string_agg(attname || ' ' || atttypid::regtype, ', ' order by attnum) from pg_attribute where attrelid = 'data_protection_keys'::regclass and attnum > 0"));
    }

    private static IDataProtector Protector(IXmlRepository store)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddDataProtection().SetApplicationName("PipelineCrm");
        services.Configure<KeyManagementOptions>(options => options.XmlRepository = store);
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie");
    }

    /// <summary>Writes and reads as the program before did.</summary>
    private sealed class OldStore(string owner) : IXmlRepository
    {
        public IReadOnlyCollection<XElement> GetAllElements()
        {
            using var source = NpgsqlDataSource.Create(owner);
            using var command = source.CreateCommand("select xml from data_protection_keys");
            using var reader = command.ExecuteReader();
            var elements = new List<XElement>();
            while (reader.Read())
            {
                elements.Add(XElement.Parse(reader.GetString(0)));
            }

            return elements;
        }

        public void StoreElement(XElement element, string friendlyName)
        {
            using var source = NpgsqlDataSource.Create(owner);
            using var command = source.CreateCommand(
                "insert into data_protection_keys (id, friendly_name, xml, created_at) values (gen_random_uuid(), $1, $2, now())");
            command.Parameters.Add(new() { Value = friendlyName });
            command.Parameters.Add(new() { Value = element.ToString(SaveOptions.DisableFormatting) });
            command.ExecuteNonQuery();
        }
    }
}
