using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Lists;

/// <summary>Reads how far a job of the actor's own is. Records are named by the rights that the actor has now.</summary>
internal sealed class BulkJobReader(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
{
    private const string Counts = """
        select j.subject, j.finished_at is null, j.undoes is not null, j.ended_by, count(*), count(*) filter (where r.outcome = 1),
               count(*) filter (where r.outcome = 2),
               j.move is not null or exists (select from bulk_jobs o where o.id = j.undoes and o.move is not null)
        from bulk_jobs j join bulk_job_records r on r.job_id = j.id
        where j.id = $1 and j.user_id = $2 group by j.id
        """;

    private const string Refusals = """
        select r.record_id, r.code, r.message from bulk_job_records r join bulk_jobs j on j.id = r.job_id
        where j.id = $1 and j.user_id = $2 and r.outcome = 3 order by r.record_id
        """;

    public async Task<Result<BulkJobView>> Read(Guid id, CancellationToken ct)
    {
        BulkJobView? found = null;
        var refused = new List<RecordRefusal>();
        var user = SqlBatch.OrNull(actors.Current.Id?.Value);
        await new SqlBatch(db.Connection)
            .Query(
                Counts,
                row => found = new BulkJobView(id, (FactSubject)row.GetInt16(0), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), refused,
                    row.GetBoolean(1), row.GetBoolean(2), row.GetTextOrNull(3), row.GetBoolean(7)),
                id, user)
            .Query(Refusals, row => refused.Add(new RecordRefusal(row.GetGuid(0), null, row.GetString(1), row.GetString(2))), id, user)
            .Run(ct);
        if (found is null)
        {
            return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        if (refused.Count == 0)
        {
            return found;
        }

        var seen = await Seen(found.Subject, [], [.. refused.Select(one => one.Id)], ct);
        return found with { Refused = refused.ConvertAll(one => one with { Name = seen.GetValueOrDefault(one.Id)?.Name }) };
    }

    /// <summary>Those of some records that the actor sees, with the facts that are asked for.</summary>
    public async Task<Dictionary<Guid, ListRow>> Seen(FactSubject subject, IReadOnlyList<FactDefinition> asked, Guid[] ids,
        CancellationToken ct)
    {
        var scope = ListScope.Build(new ListQuestion(subject), await facts.Load(ct), actors.Current, time.GetUtcNow()).Value!;
        var (reader, rows) = (new RowReader(scope, asked), new Dictionary<Guid, ListRow>());
        await new SqlBatch(db.Connection).QueryNamed(
            $"select {reader.Columns} from {scope.From} where {scope.WhereSeen}",
            values =>
            {
                scope.AddRights(values);
                values.AddWithValue("ids", ids);
            },
            row =>
            {
                var read = reader.Read(row);
                rows[read.Id] = read;
            }).Run(ct);
        return rows;
    }
}
