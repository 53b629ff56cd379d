using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>
/// The next part of one's own job. Each record and what became of it are written in one transaction, so that a job that is cut anywhere, or
/// run by two nodes, does nothing twice and forgets nothing.
/// </summary>
public static class RunBulkJob
{
    /// <summary>How many records a part has: few enough that other jobs get their turn.</summary>
    internal const int Part = 20;

    public sealed record Command(Guid Id) : IRequest<BulkJobView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Handler(
        CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, BulkJobReader jobs, RecordWriter writer, TimeProvider time)
        : IHandler<Command, BulkJobView>
    {
        /// <summary>In the order of their ids, whoever does it. Of an undo: what the record is to be again, and the version that it was
        /// left with.</summary>
        private const string Next = """
            select r.record_id, coalesce(r.version, o.changed_version), coalesce(j.fields, o.before)::text,
                   coalesce(j.archived, o.was_archived), j.subject, o.version, j.move::text, o.transition_id
            from bulk_job_records r
            join bulk_jobs j on j.id = r.job_id
            left join bulk_job_records o on o.job_id = j.undoes and o.record_id = r.record_id
            where r.job_id = $1 and r.outcome is null and j.user_id = $2 and j.finished_at is null
            order by r.record_id limit 1 for no key update of r skip locked
            """;

        private const string Untouched = "untouched";

        private const string Done = """
            update bulk_job_records
            set outcome = @outcome, changed_version = @version, before = @before, was_archived = @archived, transition_id = @transition,
                code = @code, message = @message
            where job_id = @job and record_id = @record
            """;

        /// <summary>A later change was taken back: the record is again what an earlier job made of it, under a new version.</summary>
        private const string Follow = """
            update bulk_job_records r set changed_version = $4 from bulk_jobs j
            where j.id = r.job_id and j.user_id = $1 and r.record_id = $2 and r.outcome = 1 and r.changed_version = $3
            """;

        private const string Finish = """
            update bulk_jobs j set finished_at = $2
            where id = $1 and finished_at is null
              and not exists (select from bulk_job_records r where r.job_id = j.id and r.outcome is null)
            """;

        public async Task<Result<BulkJobView>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } user)
            {
                return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
            }

            for (var done = 0; done < Part && await One(request.Id, user, ct); done++)
            {
            }

            await new SqlBatch(db.Connection).Query(Finish, _ => { }, request.Id, time.GetUtcNow()).Run(ct);
            return await jobs.Read(request.Id, ct);
        }

        /// <returns>Whether there was one left to do.</returns>
        private async Task<bool> One(Guid job, UserId user, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            Item? next = null;
            await new SqlBatch(db.Connection).Query(Next, row => next = Item.Read(row), job, user.Value).Run(ct);
            if (next is not { } item)
            {
                return false;
            }

            // What a refusal has begun is not kept with what is told of it; that a move was refused is.
            await transaction.CreateSavepointAsync(Untouched, ct);
            var before = await Before(item, ct);
            var written = before is null ? new Problem(ProblemCode.NotFound, ProblemMessages.NotFound)
                : await writer.Write(job, item.Subject, new SeenRecord(item.Id, item.Version), item.Change, ct);
            if (written is { Ok: false, Problem.Code: not ProblemCode.MoveRefused })
            {
                await transaction.RollbackToSavepointAsync(Untouched, ct);
            }

            await Tell(job, user, item, before, written).Run(ct);
            await transaction.CommitAsync(ct);
            return true;
        }

        /// <summary>What the fields that are written hold now; null where the actor does not see the record.</summary>
        private async Task<JsonFieldDictionary?> Before(Item item, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            var sent = item.Change.Fields.Keys.Select(field => catalog.Field(item.Subject, field)).OfType<FactDefinition>().ToList();

            // An amount brings its currency along where there is none.
            var written = sent.Union(sent.Where(fact => fact.CurrencyKey is not null).Select(fact => catalog.Find(fact.CurrencyKey)!))
                .ToList();
            var seen = await jobs.Seen(item.Subject, written, [item.Id], ct);
            return seen.GetValueOrDefault(item.Id) is { } row
                ? new JsonFieldDictionary(written.Select(fact => KeyValuePair.Create(fact.Field, StoredAlone(row.Facts[fact.Key], fact))))
                : null;
        }

        private SqlBatch Tell(Guid job, UserId user, Item item, JsonFieldDictionary? before, Result<RecordChange> written)
        {
            var change = written.Ok && written.Value.Version != item.Version ? written.Value : null;
            var outcome = !written.Ok ? BulkOutcome.Refused : change is not null ? BulkOutcome.Changed : BulkOutcome.Unchanged;
            var batch = new SqlBatch(db.Connection).QueryNamed(
                Done,
                values =>
                {
                    values.AddWithValue("job", job);
                    values.AddWithValue("record", item.Id);
                    values.AddWithValue("outcome", (short)outcome);
                    values.Add(new("version", NpgsqlDbType.Bigint) { Value = change is null ? DBNull.Value : change.Version });
                    values.Add(new("before", NpgsqlDbType.Jsonb)
                    {
                        Value = change is null ? DBNull.Value : JsonSerializer.Serialize(before, WireNames.Json),
                    });
                    values.Add(new("archived", NpgsqlDbType.Boolean) { Value = change is not null && item.Change.Archived is { } now ? !now : DBNull.Value });
                    values.Add(new("transition", NpgsqlDbType.Bigint)
                    {
                        Value = (object?)change?.Transition ?? DBNull.Value,
                    });
                    values.Add(new("code", NpgsqlDbType.Text) { Value = written.Ok ? DBNull.Value : CodeOf(written.Problem) });
                    values.Add(new("message", NpgsqlDbType.Text) { Value = written.Ok ? DBNull.Value : Message(written.Problem) });
                },
                _ => { });
            return change is not null && item.Wanted is { } earlier
                ? batch.Query(Follow, _ => { }, user.Value, item.Id, earlier, change.Version)
                : batch;
        }

        /// <summary>A move that only lacks fields is told apart from one that the rules refuse.</summary>
        private static string CodeOf(Problem problem) =>
            problem.Detail is Verdict { Result: VerdictKind.NeedsFields } ? RecordRefusal.NeedsFields : problem.Code;

        private static string Message(Problem problem) => problem.Errors.Count == 0 ? problem.Message
            : string.Join(" ", problem.Errors.Values.SelectMany(sentences => sentences).Distinct());

        /// <summary>An amount with a field for its currency is written without it.</summary>
        private static JsonElement StoredAlone(Fact value, FactDefinition fact) =>
            (fact.CurrencyKey is null ? value.ToStored() : value.ToJson()) ?? JsonElement.Parse("null");
    }

    /// <param name="Wanted">Of an undo: the version from before what it takes back.</param>
    private sealed record Item(Guid Id, long Version, WantedChange Change, FactSubject Subject, long? Wanted)
    {
        public static Item Read(NpgsqlDataReader row) => new(
            row.GetGuid(0), row.GetInt64(1),
            new WantedChange(
                row.IsDBNull(2) ? JsonFieldDictionary.None
                    : JsonSerializer.Deserialize<JsonFieldDictionary>(row.GetString(2), WireNames.Json)!,
                row.GetOrNull<bool>(3),
                row.IsDBNull(6) ? null : JsonSerializer.Deserialize<BulkMove>(row.GetString(6), WireNames.Json),
                row.GetOrNull<long>(7)),
            (FactSubject)row.GetInt16(4), row.GetOrNull<long>(5));
    }
}
