using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Analytics;

/// <summary>The funnel of what the viewer may see (PRODUCT.md section 5, CONTRACT.md GET funnel).</summary>
public static class GetFunnel
{
    public sealed record Query(FunnelScope Scope) : IRequest<FunnelView>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, TimeProvider time) : IHandler<Query, FunnelView>
    {
        public async Task<Result<FunnelView>> Handle(Query request, CancellationToken ct)
        {
            var viewer = actors.Current;
            var read = FunnelReport.Read(request.Scope, viewer.Organisation, time.GetUtcNow());
            if (!read.Ok)
            {
                return read.Problem;
            }

            var report = read.Value;
            await using var session = await FunnelSession.Open(db, report, viewer, ct);
            var counts = await session.Read(Counting(report), Count.Read, ct);
            var stays = await session.Read(Staying(report), ReadStay, ct);
            var summary = report.Meaning == FunnelMeaning.Passed ? await Summary(session, ct) : null;
            return new FunnelView(
                report.Meaning,
                report.Meaning == FunnelMeaning.Passed ? AnalyticsText.DefinitionPassed : AnalyticsText.DefinitionSnapshot,
                viewer.Organisation.TimeZone,
                viewer.Organisation.BaseCurrency,
                report.Instant,
                [.. Stages.All.Select(stage => Stage(stage, report.Meaning, counts, stays))],
                summary,
                [.. counts.Where(c => c.What == "currency").OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new NotConverted(c.Name, c.Amount, c.N))]);
        }

        private static string Counting(FunnelReport report) => report switch
        {
            { Meaning: FunnelMeaning.Passed } => FunnelNumbersSql.CountPassed,
            { Past: null } => FunnelNumbersSql.CountSnapshotNow,
            _ => FunnelNumbersSql.CountSnapshotPast,
        };

        private static string Staying(FunnelReport report) => report switch
        {
            { Meaning: FunnelMeaning.Passed } => FunnelSql.StaysOfPassed,
            { Past: null } => FunnelSql.DaysSoFarNow,
            _ => FunnelSql.DaysSoFarPast,
        };

        private static (Stage Stage, Stays Stays) ReadStay(NpgsqlDataReader row) =>
            ((Stage)row.GetInt16(0), new Stays(row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

        private static FunnelStage Stage(Stage stage, FunnelMeaning meaning, List<Count> counts, List<(Stage Stage, Stays Stays)> stays)
        {
            var passed = meaning == FunnelMeaning.Passed;
            var one = counts.FirstOrDefault(c => c.What == "stage" && c.Stage == stage) ?? Count.None;
            var first = counts.FirstOrDefault(c => c.What == "stage" && c.Stage == Domain.Stage.Awareness) ?? Count.None;
            var reached = passed ? counts.FirstOrDefault(c => c.What == "reached" && c.Stage == stage)?.N ?? 0 : 0;
            var lengths = stays.Where(s => s.Stage == stage).Select(s => s.Stays).ToList();
            var median = KaplanMeier.Quantile(lengths, 0.5);
            var reasons = counts.Where(c => c.What == "reason" && c.Stage == stage)
                .OrderByDescending(c => c.N).ThenBy(c => c.Name, StringComparer.Ordinal)
                .Select(c => new LossReason(c.Name, c.N));
            return new FunnelStage(
                stage,
                one.N,
                one.Skipped,
                one.Amount,
                one.WithoutAmount,
                passed && stage != Domain.Stage.PostPurchase ? Percent(one.Next, one.N) : null,
                passed ? Percent(reached, first.N) : null,
                Days(median),
                new FunnelLost(one.Lost, [.. reasons]))
            {
                Next = passed ? one.Next : 0,
                Cumulative = reached,
                SharePercent = passed ? null : Percent(one.N, counts.Where(c => c.What == "stage").Sum(c => c.N)),
                Stopped = passed ? one.Stopped : 0,
                Still = one.Still,
                WithAmount = one.WithAmount,
                Stays = one.Stays,
                UnknownEntry = one.UnknownEntry,
                MedianOverDays = median is null && lengths.Count > 0 ? Days(lengths.Max(s => s.Seconds)) : null,
            };
        }

        private static async Task<FunnelSummary> Summary(FunnelSession session, CancellationToken ct)
        {
            var decided = (await session.Read(
                FunnelNumbersSql.CountDecided,
                row => (Won: row.GetInt64(0), Lost: row.GetInt64(1), Amount: row.GetDecimal(2), WithoutAmount: row.GetInt64(3)),
                ct)).Single();
            var times = (await session.Read(FunnelNumbersSql.TimesToWin, ReadStay, ct)).ConvertAll(row => row.Stays);
            return new FunnelSummary(
                decided.Won,
                decided.Lost,
                Percent(decided.Won, decided.Won + decided.Lost),
                decided.Amount,
                Days(KaplanMeier.Quantile(times, 0.5)),
                decided.Won == 0 ? null : times.Sum(t => (double)t.Seconds * t.Ended) / decided.Won / SecondsADay)
            {
                WonWithoutAmount = decided.WithoutAmount,
            };
        }

        private const double SecondsADay = 86_400;

        private static double? Days(long? seconds) => seconds / SecondsADay;

        private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;
    }

    /// <summary>A row of what was counted; which of its numbers it holds depends on <paramref name="What"/>.</summary>
    private sealed record Count(
        string What, Stage Stage, string Name, long N, decimal Amount, long Skipped, long Next, long Stopped, long Still,
        long Lost, long WithAmount, long WithoutAmount, long Stays, long UnknownEntry)
    {
        public static readonly Count None = new("stage", default, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public static Count Read(NpgsqlDataReader row) => new(
            row.GetString(0), (Stage)row.GetInt32(1), row.GetString(2), row.GetInt64(3), row.GetDecimal(4), row.GetInt64(5), row.GetInt64(6),
            row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13));
    }
}
