using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Funnel;

/// <summary>Exactly the deals that a number of the funnel counts (docs/api.md GET funnel/deals), by their age.</summary>
public static class ListFunnelDeals
{
    /// <param name="Stage">Missing only for numbers of the whole funnel.</param>
    /// <param name="Number">One of <see cref="FunnelNumber"/>; n where it is missing.</param>
    /// <param name="Reason">Of lost deals only: the reason's code, or <c>unknown</c>.</param>
    /// <param name="Currency">Of not converted ones only.</param>
    public sealed record Query(FunnelScope Scope, string? Stage, string? Number, string? Reason, string? Currency, PageRequest Page)
        : IRequest<FunnelDeals>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, UseCasePipeline pipeline, CurrentFactCatalog facts,
        TimeProvider time) : IHandler<Query, FunnelDeals>
    {
        public async Task<Result<FunnelDeals>> Handle(Query request, CancellationToken ct)
        {
            var viewer = actors.Current;
            var read = FunnelReport.Read(request.Scope, viewer.Organisation, time.GetUtcNow());
            if (!read.Ok)
            {
                return read.Problem;
            }

            var wanted = Wanted.Read(request, read.Value);
            if (!wanted.Ok)
            {
                return wanted.Problem;
            }

            var filter = FunnelFilter.Read(request.Scope, read.Value, await facts.Load(ct));
            if (filter.Problem is { } unsound)
            {
                return unsound;
            }

            await using var session = await FunnelSession.Open(db, read.Value, filter.Value, viewer, ct);
            var limit = request.Page.Limit;
            var rows = await session.Read(Sql(read.Value, wanted.Value.Number), Row.Read, ct, wanted.Value.Parameters(limit + 1));
            var total = rows[0].Total;
            rows.RemoveAll(row => row.Id == default);
            var next = rows.Count > limit ? rows[limit - 1].Id.ToString() : null;
            var shown = await pipeline.Send(new GetDeals.Query([.. rows.Take(limit).Select(row => row.Id)]), ct);
            return shown.Ok ? new FunnelDeals(Then(shown.Value, rows, read.Value.Past), next, total) : shown.Problem;
        }

        private static string Sql(FunnelReport report, FunnelNumber number) => (report, number) switch
        {
            (_, FunnelNumber.Won or FunnelNumber.LostNeverWon) => FunnelNumbersSql.ListDecided,
            ({ Meaning: FunnelMeaning.Passed }, _) => FunnelNumbersSql.ListPassed,
            ({ Past: null }, _) => FunnelNumbersSql.ListSnapshotNow,
            _ => FunnelNumbersSql.ListSnapshotPast,
        };

        private static IReadOnlyList<DealView> Then(IReadOnlyList<DealView> deals, List<Row> rows, DateTimeOffset? past)
        {
            var byId = rows.ToDictionary(row => row.Id);
            return past is { } instant ? [.. deals.Select(deal => byId[deal.Id].AsOf(deal, instant))] : deals;
        }
    }

    /// <summary>A listed deal, with its values at the report's instant.</summary>
    private sealed record Row(
        DealId Id, Stage Stage, decimal? Amount, string? Currency, DateOnly? ExpectedClose, string? Source, UserId? Owner,
        string? OwnerName, long Total, long? Seconds)
    {
        public static Row Read(NpgsqlDataReader row) => row.IsDBNull(0)
            ? new Row(default, default, null, null, null, null, null, null, row.GetInt64(8), null)
            : new Row(
                new DealId(row.GetGuid(0)),
                (Stage)row.GetInt16(1),
                row.IsDBNull(2) ? null : row.GetDecimal(2),
                row.IsDBNull(3) ? null : row.GetString(3),
                row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4),
                row.IsDBNull(5) ? null : row.GetString(5),
                row.IsDBNull(6) ? null : new UserId(row.GetGuid(6)),
                row.IsDBNull(7) ? null : row.GetString(7),
                row.GetInt64(8),
                row.IsDBNull(9) ? null : row.GetInt64(9));

        /// <summary>The deal as it was, open; what has no record of then keeps what the deal is known by now (its names) or is left
        /// empty.</summary>
        public DealView AsOf(DealView now, DateTimeOffset instant) => now with
        {
            Stage = Stage,
            Outcome = Outcome.Open,
            Amount = Amount,
            Currency = Currency,
            ExpectedClose = ExpectedClose,
            Source = Source,
            OwnerId = Owner ?? now.OwnerId,
            OwnerName = OwnerName ?? now.OwnerName,
            WonAt = now.WonAt < instant ? now.WonAt : null,
            LostReason = null,
            ClosedAt = null,
            SecondsInStage = Seconds,
        };
    }

    /// <summary>Which number's deals, read and found sound.</summary>
    private sealed record Wanted(FunnelNumber Number, Stage? Stage, string? Reason, string? Currency, DealId? After)
    {
        public static Result<Wanted> Read(Query query, FunnelReport report)
        {
            var errors = new Dictionary<string, string[]>();
            var number = FunnelReport.Choice(query.Number, FunnelNumber.N, "number", errors);
            var stage = FunnelReport.Choice(query.Stage, default(Stage), "stage", errors);
            var ofTheWhole = number is FunnelNumber.Won or FunnelNumber.LostNeverWon or FunnelNumber.NotConverted;
            DealId? after = DealId.TryParse(query.Page.After, CultureInfo.InvariantCulture, out var id) ? id : null;

            Refuse(stage == default && !ofTheWhole, "stage", FunnelMessages.StageNeeded);
            Refuse(report.Meaning == FunnelMeaning.Snapshot && NeedsPeriod(number), "number", FunnelMessages.NotInSnapshot);
            Refuse(!string.IsNullOrEmpty(query.Reason) && number is not (FunnelNumber.Lost or FunnelNumber.StoppedLost), "reason",
                FunnelMessages.OnlyLost);
            Refuse(!FieldRules.IsClean(query.Reason), "reason", FieldMessages.ControlCharacter);
            Refuse(!FieldRules.IsClean(query.Currency), "currency", FieldMessages.ControlCharacter);
            Refuse(query.Page.After is not null && after is null, "after", FunnelMessages.BadAfter);
            Refuse(query.Page.Limit is < 1 or > PageRequest.MaxLimit, "limit",
                string.Format(CultureInfo.CurrentCulture, FunnelMessages.BadLimit, PageRequest.MaxLimit));
            return errors.Count > 0
                ? ValidationProblem.ForFields(errors)
                : new Wanted(number, stage == default ? null : stage, Given(query.Reason), Given(query.Currency), after);

            void Refuse(bool wrong, string field, string message)
            {
                if (wrong)
                {
                    errors.TryAdd(field, [message]);
                }
            }
        }

        public NpgsqlParameter[] Parameters(int limit) =>
        [
            FunnelSession.Value("number", NpgsqlDbType.Integer, (int)Number),
            FunnelSession.Value("stage", NpgsqlDbType.Integer, (int?)Stage),
            FunnelSession.Value("reason", NpgsqlDbType.Text, Reason),
            FunnelSession.Value("currency", NpgsqlDbType.Text, Currency),
            FunnelSession.Value("after", NpgsqlDbType.Uuid, After?.Value),
            FunnelSession.Value("limit", NpgsqlDbType.Integer, limit),
        ];

        private static bool NeedsPeriod(FunnelNumber number) => number
            is FunnelNumber.Next or FunnelNumber.Cumulative or FunnelNumber.Stopped or FunnelNumber.Won or FunnelNumber.LostNeverWon
            or FunnelNumber.StoppedLost or FunnelNumber.StoppedStill or FunnelNumber.StoppedBack or FunnelNumber.Completed
            or FunnelNumber.Returned;

        private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }
}

/// <param name="Total">How many there are on all pages: the number itself.</param>
public sealed record FunnelDeals(IReadOnlyList<DealView> Items, string? Next, long Total);
