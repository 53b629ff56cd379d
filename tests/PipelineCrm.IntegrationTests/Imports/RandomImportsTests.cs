using System.Globalization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>Files, moves, archiving and undoing in any order: after each step the ledger, the statuses and the history say the
/// same.</summary>
public sealed class RandomImportsTests(TestCluster cluster)
{
    private const int Steps = 25;
    private static readonly string[] Accounts = ["Blue Kettle Works", "\"Ferrum, Sons & Co\"", "Nordlicht Labor", ""];

    /// <summary>Customers whose status is not what the history's last words on it are.</summary>
    private const string Untold = """
        select c.name, c.status, c.status_stage, c.status_since, c.returning_customer, t.status, t.stage, t.since, t.returning
        from customers c
        cross join lateral (
            select max(after #>> '{}') filter (where field = 'status') as status, max(after #>> '{}') filter (where field = 'statusStage') as stage,
                   max(after #>> '{}') filter (where field = 'statusSince') as since, max(after #>> '{}') filter (where field = 'returning') as returning
            from (select distinct on (h.field) h.field, h.after from history h where h.entity = 'customer' and h.entity_id = c.id::text
                  order by h.field, h.occurred_at desc, h.id desc) last) t
        where coalesce(t.status, 'none') <> (array['none', 'awareness', 'consideration', 'decision', 'purchase', 'postPurchase', 'lost'])[c.status + 1]
           or t.stage is distinct from (array['awareness', 'consideration', 'decision', 'purchase', 'postPurchase'])[c.status_stage]
           or t.since::timestamptz is distinct from c.status_since or coalesce(t.returning, 'false') <> c.returning_customer::text
        """;

    private int _rows;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_order_the_ledger_the_statuses_and_the_history_agree(int seed)
    {
        var random = new Random(seed);
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var did = new List<string>();
        for (var step = 0; step < Steps; step++)
        {
            did.Add(await Step(import, random));
            var differences = string.Join('\n', await import.Differences()) + await import.Rows(Untold);
            Assert.True(differences.Length == 0, $"After {string.Join(", ", did)}: {differences}");
        }

        Assert.True(did.Distinct().Count() >= 4, string.Join(", ", did));
    }

    private async Task<string> Step(ImportRunner import, Random random)
    {
        switch (random.Next(6))
        {
            case 0 or 1:
                await import.Run(ImportRunner.Of("sales_pipeline.csv", File(random)));
                return "import";
            case 2:
                var newest = await import.Scalar<int>("select count(*)::int from imports");
                return (await import.Crm.Door.Send(new UndoImport.Command(random.Next(newest) + 1), Caller.Console, DealSteps.Ct)).Ok
                    ? "undo of an import" : "no undo";
            case 3 or 4:
                return await Deal(import, "outcome < 2 and archived_at is null") is { } moved ? await Move(import, moved) : "nothing";
            default:
                return await Deal(import, "true") is { } deal ? await Archive(import, deal) : "nothing";
        }
    }

    private string File(Random random)
    {
        var rows = Enumerable.Range(0, 4).Select(_ =>
        {
            var (begun, took) = (new DateOnly(2024, 1, 1).AddDays(random.Next(300)), random.Next(60));
            var (state, engaged, closed) = random.Next(4) switch
            {
                0 => ("Prospecting", "", ""),
                1 => ("Engaging", Day(begun), ""),
                2 => ("Lost", Day(begun), Day(begun.AddDays(took))),
                _ => ("Won", Day(begun), Day(begun.AddDays(took))),
            };
            return $"R{_rows++},Ada Quill,GTXPro,{Accounts[random.Next(Accounts.Length)]},{state},{engaged},{closed},{(state == "Won" ? "5" : "")}\n";
        });
        return "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n" + string.Concat(rows);
    }

    private static string Day(DateOnly day) => day.ToString("M/d/yyyy", CultureInfo.InvariantCulture);

    /// <summary>The same for the same seed: ids differ, titles and keys do not.</summary>
    private static async Task<DealView?> Deal(ImportRunner import, string which)
    {
        var found = await import.Rows($"select id from deals where not void and {which} order by md5(external_key || version) limit 1");
        return found.Length == 0 ? null : await import.Crm.Get(DealId.Parse(found, null), import.Admin);
    }

    private static async Task<string> Move(ImportRunner import, DealView deal)
    {
        var move = deal switch
        {
            { Outcome: Outcome.Lost } => deal.Move(MoveKind.Reopen),
            { Stage: Stage.Awareness } => deal.Move(MoveKind.Advance),
            _ => deal.Lose(),
        };
        await import.Crm.Ok(move, import.Admin.As());
        return move.Kind.ToWire();
    }

    private static async Task<string> Archive(ImportRunner import, DealView deal)
    {
        if (deal.ArchivedAt is not null)
        {
            await import.Crm.Ok(new RestoreDeal.Command(deal.Id, deal.Version), import.Admin.As());
            return "restore";
        }

        await import.Crm.Ok(new ArchiveDeal.Command(deal.Id, deal.Version), import.Admin.As());
        return "archive";
    }
}
