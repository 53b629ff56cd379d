using System.Globalization;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>Takes back what a job of one's own changed, where nothing was changed since: what was, is written like any other change, with
/// its rights. Taken back once; what an undo that was stopped did not reach, by the next one.</summary>
public static class UndoBulkJob
{
    public sealed record Command(Guid Id) : IRequest<BulkJobView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, BulkJobReader jobs, BulkJobSignal signal,
        CommitCallbacks committed, TimeProvider time) : IHandler<Command, BulkJobView>
    {
        private const string Lock =
            "select subject from bulk_jobs where id = $1 and user_id = $2 and undoes is null and finished_at is not null for update";

        private const string Records = """
            insert into bulk_job_records (job_id, record_id)
            select $2, o.record_id from bulk_job_records o
            where o.job_id = $1 and o.outcome = 1 and not exists (
                select from bulk_jobs u join bulk_job_records t on t.job_id = u.id
                where u.undoes = $1 and t.record_id = o.record_id and (t.outcome is not null or u.finished_at is null))
            returning 1
            """;

        public async Task<Result<BulkJobView>> Handle(Command request, CancellationToken ct)
        {
            if (actors.Current.Id is not { } user)
            {
                return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
            }

            await using var transaction = await db.Begin(ct);
            short? subject = null;
            await new SqlBatch(db.Connection).Query(Lock, row => subject = row.GetInt16(0), request.Id, user.Value).Run(ct);
            if (subject is null)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var (undo, count) = (Guid.CreateVersion7(), 0);
            await new SqlBatch(db.Connection)
                .Query(
                    "insert into bulk_jobs (id, user_id, subject, undoes, language, created_at, channel) values ($1, $2, $3, $4, $5, $6, $7) returning 1",
                    _ => { }, undo, user.Value, subject.Value, request.Id, CultureInfo.CurrentUICulture.Name, time.GetUtcNow(),
                    (short)actors.Current.Channel)
                .Query(Records, _ => count++, request.Id, undo)
                .Run(ct);
            if (count == 0)
            {
                return new Problem(ProblemCode.Conflict, FieldMessages.NothingToTakeBack);
            }

            await transaction.CommitAsync(ct);
            committed.Add(signal.Wake);
            return await jobs.Read(undo, ct);
        }
    }
}
