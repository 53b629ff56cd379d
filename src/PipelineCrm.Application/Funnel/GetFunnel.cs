using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Funnel;

/// <summary>The funnel of what the viewer may see (docs/domain.md, docs/api.md GET funnel).</summary>
public static class GetFunnel
{
    public sealed record Query(FunnelScope Scope) : IRequest<FunnelView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, FunnelView>
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
            var filter = FunnelFilter.Read(request.Scope, report, await facts.Load(ct));
            if (filter.Problem is { } unsound)
            {
                return unsound;
            }

            await using var session = await FunnelSession.Open(db, report, filter.Value, viewer, ct);
            var texts = Texts(report);
            var counts = await session.Read(texts.Count, Count.Read, ct);
            var stays = (await session.Read(texts.Lengths, ReadLengths, ct)).ToDictionary(read => read.Stage, read => read.Lengths);
            // Worked out while the database counts on.
            var medians = Task.Run(() => stays.ToDictionary(stay => stay.Key, stay => KaplanMeier.Quantile(stay.Value, 0.5)), ct);
            var currencies = counts.Exists(c => c.NotConverted > 0) ? await session.Read(texts.Currencies, ReadNotConverted, ct) : [];
            var summary = report.Meaning == FunnelMeaning.Passed ? await Summary(session, ct) : null;
            var lengths = (await medians).ToDictionary(median => median.Key, median => new Length(stays[median.Key], median.Value));
            return new FunnelView(
                report.Meaning,
                report.Meaning == FunnelMeaning.Passed ? FunnelMessages.DefinitionPassed : FunnelMessages.DefinitionSnapshot,
                viewer.Organisation.TimeZone,
                viewer.Organisation.BaseCurrency,
                report.Instant,
                [.. Stages.All.Select(stage => Stage(stage, report.Meaning, counts,
                    lengths.GetValueOrDefault(stage, Length.None)) with { NotConverted = Of(stage) })],
                summary,
                Of(null));

            List<NotConverted> Of(Stage? stage) =>
                [.. currencies.Where(c => c.Stage == stage).Select(c => c.Sum).OrderBy(c => c.Currency, StringComparer.Ordinal)];
        }

        private static (string Count, string Lengths, string Currencies) Texts(FunnelReport report) => report switch
        {
            { Meaning: FunnelMeaning.Passed } => (FunnelNumbersSql.CountPassed, FunnelNumbersSql.LengthsPassed,
                FunnelNumbersSql.CurrenciesPassed),
            { Past: null } => (FunnelNumbersSql.CountSnapshotNow, FunnelNumbersSql.LengthsSnapshotNow,
                FunnelNumbersSql.CurrenciesSnapshotNow),
            _ => (FunnelNumbersSql.CountSnapshotPast, FunnelNumbersSql.LengthsSnapshotPast, FunnelNumbersSql.CurrenciesSnapshotPast),
        };

        private static (Stage Stage, StayDurations Lengths) ReadLengths(NpgsqlDataReader row) => ((Stage)row.GetInt32(0),
            new StayDurations(Many(row, 1), Many(row, 2)));

        private static (Stage? Stage, NotConverted Sum) ReadNotConverted(NpgsqlDataReader row) =>
            ((Stage?)row.GetOrNull<int>(0), new NotConverted(row.GetString(1), row.GetDecimal(2), row.GetInt64(3)));

        private static long[] Many(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? [] : row.GetFieldValue<long[]>(column);

        private static FunnelStage Stage(Stage stage, FunnelMeaning meaning, List<Count> counts, Length length)
        {
            var passed = meaning == FunnelMeaning.Passed;
            var one = counts.FirstOrDefault(c => c.What == "stage" && c.Stage == stage) ?? Count.None;
            var first = counts.FirstOrDefault(c => c.What == "stage" && c.Stage == Domain.Stage.Awareness) ?? Count.None;
            var reached = passed ? counts.FirstOrDefault(c => c.What == "reached" && c.Stage == stage)?.N ?? 0 : 0;
            var reasons = counts.Where(c => c.What == "reason" && c.Stage == stage)
                .OrderByDescending(c => c.N).ThenBy(c => c.Name, StringComparer.Ordinal)
                .ToList();
            return new FunnelStage(
                stage,
                one.N,
                one.Skipped,
                one.Amount,
                one.WithoutAmount,
                passed && stage != Domain.Stage.PostPurchase ? Percent(one.Next, one.N) : null,
                passed ? Percent(reached, first.N) : null,
                Days(length.Median),
                new FunnelLost(one.Lost, [.. reasons.Select(c => new LossReason(c.Name, c.N))]))
            {
                Next = passed ? one.Next : 0,
                Cumulative = reached,
                SharePercent = passed ? null : Percent(one.N, counts.Where(c => c.What == "stage").Sum(c => c.N)),
                Stopped = passed ? one.Stopped : 0,
                StoppedLost = passed ? one.StoppedLost : 0,
                StoppedReasons = passed ? [.. reasons.Where(c => c.StoppedLost > 0).OrderByDescending(c => c.StoppedLost)
                    .ThenBy(c => c.Name, StringComparer.Ordinal).Select(c => new LossReason(c.Name, c.StoppedLost))] : [],
                StoppedStill = passed ? one.StoppedStill : 0,
                StoppedBack = passed ? one.StoppedBack : 0,
                Still = one.Still,
                WithAmount = one.WithAmount,
                Stays = one.Stays,
                UnknownEntry = one.UnknownEntry,
                MedianOverDays = length.Median is null && length.Stays.Count > 0 ? Days(length.Stays.Longest) : null,
            };
        }

        private static async Task<FunnelSummary> Summary(FunnelSession session, CancellationToken ct)
        {
            var decided = (await session.Read(
                FunnelNumbersSql.CountDecided,
                row => (Won: row.GetInt64(0), Lost: row.GetInt64(1), Amount: row.GetDecimal(2), WithoutAmount: row.GetInt64(3),
                    Times: Many(row, 4)),
                ct)).Single();
            return new FunnelSummary(
                decided.Won,
                decided.Lost,
                Percent(decided.Won, decided.Won + decided.Lost),
                decided.Amount,
                Days(KaplanMeier.Quantile(new StayDurations(decided.Times, []), 0.5)),
                decided.Won == 0 ? null : decided.Times.Average() / SecondsADay)
            {
                WonWithoutAmount = decided.WithoutAmount,
            };
        }

        private const double SecondsADay = 86_400;

        private static double? Days(long? seconds) => seconds / SecondsADay;

        private static double? Percent(long part, long whole) => whole == 0 ? null : 100.0 * part / whole;
    }

    /// <param name="Median">In seconds; null where it is not reached.</param>
    private sealed record Length(StayDurations Stays, long? Median)
    {
        public static readonly Length None = new(StayDurations.None, null);
    }

    /// <summary>A row of what was counted; which of its numbers it holds depends on <paramref name="What"/>.</summary>
    private sealed record Count(
        string What, Stage Stage, string Name, long N, decimal Amount, long Skipped, long Next, long Stopped, long Still,
        long Lost, long WithAmount, long WithoutAmount, long Stays, long UnknownEntry, long NotConverted,
        long StoppedLost, long StoppedStill, long StoppedBack)
    {
        public static readonly Count None = new("stage", default, "", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

        public static Count Read(NpgsqlDataReader row)
        {
            return new Count(
                row.GetString(0), (Stage)row.GetInt32(1), row.GetString(2), Whole(3), Sum(4), Whole(5), Whole(6), Whole(7), Whole(8),
                Whole(9), Whole(10), Whole(11),
                Whole(12), Whole(13), Whole(14), Whole(15), Whole(16), Whole(17));

            decimal Sum(int column) => row.GetOrNull<decimal>(column) ?? 0;
            long Whole(int column) => (long)Sum(column);
        }
    }
}
