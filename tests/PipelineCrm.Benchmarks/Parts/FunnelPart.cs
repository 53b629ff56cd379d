using System.Globalization;
using Npgsql;
using PipelineCrm.Funnel;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>
/// Whole reports through the use-case sender (counts, money, reasons, medians, summary), each against one plain count over the ledger that
/// answers far less. What the reports read is stored by the projection, which is up to date but where it says so.
/// </summary>
internal static class FunnelPart
{
    private const int Rounds = 5;
    private const int Unfolded = 4000;

    private const string Passed = """
        select to_stage, count(distinct deal_id) from transitions where occurred_at >= now() - interval '1 year' and counted_to is not null group by to_stage
        """;

    private const string PassedEver =
        "select to_stage, count(distinct deal_id) from transitions where counted_to is not null group by to_stage";

    private const string Then = """
        select l.to_stage, count(*)
        from (select distinct on (deal_id) to_stage, to_outcome from transitions where occurred_at < now() - interval '300 days' order by deal_id, seq desc) l
        where l.to_outcome = 0 group by 1
        """;

    private const string Now = "select stage, count(*) from deals where outcome = 0 and not void and archived_at is null group by 1";

    public static async Task Run(BenchmarkHost site)
    {
        var (admin, rep) = (BenchmarkHost.As(new UserId(DataGenerator.Admin)), BenchmarkHost.As(new UserId(DataGenerator.Id('e', 3))));
        var year = new FunnelScope("passed", Day(365));
        await Measure(site, "passed, a year", year, admin, Passed);
        await Measure(site, "passed, a year, as rep", year, rep);
        await Measure(site, "passed, all time", new FunnelScope("passed"), admin, PassedEver);
        await Measure(site, "snapshot 300 days ago", new FunnelScope("snapshot", At: Day(300)), admin, Then);
        await Measure(site, "snapshot now", new FunnelScope("snapshot"), admin, Now);
        await site.ExecuteAsAdmin($"insert into funnel_changed select id from deals order by id desc limit {Unfolded}");
        await Measure(site, $"passed, a year, {Unfolded} deals not folded", year, admin);
        await Measure(site, $"snapshot 300 days ago, {Unfolded} likewise", new FunnelScope("snapshot", At: Day(300)), admin);
        await site.ExecuteAsAdmin("delete from funnel_changed");
    }

    private static async Task Measure(BenchmarkHost site, string what, FunnelScope scope, Caller caller, string? plain = null)
    {
        var door = await Timing.Median(Rounds, async () =>
        {
            var answer = await site.Door.Send(new GetFunnel.Query(scope), caller);
            Timing.Demand(answer.Ok, "the funnel was refused");
        });
        var limit = plain is null ? (double?)null : await Plain(site, plain);
        TablePrinter.Line("funnel", $"{what}{(plain is null ? "" : ": report / plain count")}", $"{door:0.0} ms",
            limit is null ? "" : $"{limit:0.0} ms", door / limit);
    }

    private static async Task<double> Plain(BenchmarkHost site, string sql)
    {
        await using var connection = await BenchmarkHost.Connect(site.App);
#pragma warning disable CA2100 // One of the constants above.
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        return await Timing.Median(Rounds, async () =>
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }
        });
    }

    private static string Day(int ago) => TimeProvider.System.GetUtcNow().AddDays(-ago)
        .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
