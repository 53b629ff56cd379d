using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Backups;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.Persistence.Availability;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>What the server cannot do, through no fault of the request, is told in a sentence and logged without a stack trace.</summary>
public sealed class OutageTests(CrmWithLog crm) : IClassFixture<CrmWithLog>
{
    public static TheoryData<string, string, string, string> Codes => new()
    {
        { "53100", "storage-full", "There is no room left on the database's disk.", "full" },
        { "53200", "unavailable", "The database is busy at the moment.", "busy" },
        { "53400", "unavailable", "The database is busy at the moment.", "busy" },
        { "25006", "unavailable", "The database takes no changes at the moment.", "read-only" },
        { "55P03", "unavailable", "The database is busy at the moment.", "busy" },
        { "57014", "unavailable", "The database is busy at the moment.", "busy" },
        { "57P03", "unavailable", "The database cannot be reached at the moment.", "" },
        { "58030", "unavailable", "The database cannot be reached at the moment.", "" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_server_that_cannot_is_told_in_a_sentence(string sqlState, string code, string sentence, string trouble)
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await SampleDatabase.Do(crm.Connections.Owner, $"""
            create function cannot() returns trigger language plpgsql as $$ begin raise exception 'cannot' using errcode = '{sqlState}'; end $$;
            create trigger cannot before insert or update on deals for each statement execute function cannot();
            create trigger cannot before insert or update on customers for each statement execute function cannot();
            """);
        crm.Log.Clear();
        try
        {
            // By a statement of the ledger's and by one of Entity Framework's.
            foreach (var problem in new[] { await crm.No(deal.Move(MoveKind.Advance), rep.As()),
                await crm.No(new CreateCustomer.Command("Orchard Ltd"), rep.As()) })
            {
                Assert.Equal(code, problem.Code);
                Assert.StartsWith(sentence, problem.Message, StringComparison.Ordinal);
            }

            Assert.Equal(2, crm.Log.Count);
            Assert.All(crm.Log, entry => Assert.Equal((LogLevel.Warning, false), (entry.Level, entry.Stack)));
            if (trouble.Length > 0)
            {
                Assert.Equal(trouble, (await crm.Services.GetRequiredService<ReadinessCheck>()
                    .Ask(crm.Connections.Crm, TestContext.Current.CancellationToken)).Trouble);
            }
        }
        finally
        {
            await SampleDatabase.Do(crm.Connections.Owner, "drop function cannot() cascade");
        }

        await crm.Ok(deal.Move(MoveKind.Advance), rep);
    }

    [Fact]
    public async Task A_read_only_database_is_told_by_readiness_before_anybody_runs_into_it()
    {
        var name = new Npgsql.NpgsqlConnectionStringBuilder(crm.Connections.Owner).Database;
        var readiness = new ReadinessCheck(new LastDatabaseOutage(TimeProvider.System));
        await SampleDatabase.Do(crm.Connections.Owner, $"alter database \"{name}\" set default_transaction_read_only = on");
        try
        {
            Assert.Equal("read-only", (await readiness.Ask(crm.Connections.Crm, TestContext.Current.CancellationToken)).Trouble);
        }
        finally
        {
            await SampleDatabase.Do(
                $"{crm.Connections.Owner};Options=-c default_transaction_read_only=off",
                $"alter database \"{name}\" reset default_transaction_read_only");
        }

        Assert.Null((await readiness.Ask(crm.Connections.Crm, TestContext.Current.CancellationToken)).Trouble);
    }
}
