using System.Globalization;
using System.Text;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>Deals that were lost and reopened in the files: the time that they lay Lost is theirs as if it had been recorded
/// here.</summary>
public sealed class ReopenedImportsTests(TestCluster cluster)
{
    private static readonly string[] Way = ["awareness", "lost", "awareness", "lost", "awareness", "consideration", "lost", "consideration",
        "decision", "lost", "decision"];

    private static string Mapping => $$"""
        {
          "name": "ours", "dateFormats": ["yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss"],
          "files": [{ "name": "deals", "records": [
            { "make": "customer", "key": "T", "fields": { "name": "T" } },
            { "make": "deal", "key": "N", "fields": { "title": "T", "owner": "O", "customer": "T" },
              "stage": { "steps": [{{string.Join(", ", Way.Select((to, i) => $$"""{ "to": "{{to}}", "at": "s{{i}}"{{(i == 0 ? "" : ", \"optional\": true")}} }"""))}}] } }] }]
        }
        """;

    [Fact]
    public async Task The_time_that_an_imported_deal_lay_lost_is_not_time_in_its_stage()
    {
        await using var import = await ImportRunner.Start(cluster);
        await Run(import, $"1,Pause,{await Mail(import)},2026-09-01,2026-09-11,2026-11-11");
        Assert.Empty(await import.Differences());
        Assert.Equal(61L * 86_400, await import.Scalar<long>("select paused_seconds from deals"));
        var deal = await import.Crm.Get(new DealId(await import.Scalar<Guid>("select id from deals")), import.Admin);
        var moved = await import.Crm.Ok(deal.Move(MoveKind.Advance), import.Admin);
        Assert.InRange(moved.Transition.SecondsInStage!.Value - (long)(moved.Transition.OccurredAt - deal.EnteredStageAt).TotalSeconds,
            -61L * 86_400, -61L * 86_400);
        Assert.Empty(await import.Differences());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_was_lost_and_reopened_in_the_files_the_ledger_and_the_deals_agree(int seed)
    {
        var random = new Random(seed);
        await using var import = await ImportRunner.Start(cluster);
        var mail = await Mail(import);
        await Run(import, [.. Enumerable.Range(0, 150).Select(row => $"{row},Deal {row},{mail},{string.Join(',', Steps(random))}")]);
        Assert.Empty(await import.Differences());
        Assert.NotEqual(0L, await import.Scalar<long>("select count(*) from deals where paused_seconds > 0 and outcome = 0"));

        foreach (var id in (await import.Rows("select id from deals where outcome = 0 order by md5(external_key) limit 10")).Split('\n'))
        {
            var deal = await import.Crm.Get(DealId.Parse(id, null), import.Admin);
            await import.Crm.Ok(deal.Lose(), import.Admin);
        }

        Assert.Empty(await import.Differences());
    }

    private static IEnumerable<string> Steps(Random random)
    {
        var at = new DateTime(2024, 1, 1);
        for (var (step, steps) = (0, random.Next(1, Way.Length + 1)); step < steps; step++)
        {
            at = at.AddSeconds(random.Next(3_000_000));
            yield return at.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        }
    }

    private static Task<string> Mail(ImportRunner import) => import.Scalar<string>($"select email from users where id = '{import.Admin}'");

    private static async Task Run(ImportRunner import, params string[] rows)
    {
        var file = new StringBuilder($"N,T,O,{string.Join(',', Way.Select((_, i) => $"s{i}"))}\n");
        foreach (var row in rows)
        {
            file.Append(row).Append(',', Way.Length + 2 - row.Count(letter => letter == ',')).Append('\n');
        }

        var result = await import.Send(
            new RunImport.Command([ImportRunner.Of("deals.csv", file.ToString())], new ImportMappingSource(null, Mapping)));
        Assert.True(result.Ok, result.Problem?.Message);
        Assert.Empty(result.Value.Errors);
    }
}
