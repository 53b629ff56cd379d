using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Imports;

/// <summary>Takes staged statuses and history into the real tables, for an import and for the undoing of one.</summary>
internal sealed class StagedWrites(CrmDbContext db)
{
    public Task Statuses(CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        update customers c set status = s.status, status_stage = s.status_stage, status_since = s.status_since,
               returning_customer = s.returning_customer, version = c.version + s.known::int
        from import_statuses s where c.id = s.id
        """,
        ct);

    /// <param name="version">Of the deals as they are written.</param>
    public Task History(UserId by, long version, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into history (entity, entity_id, field, before, after, occurred_at, recorded_at, by_user, channel, transition_id, deal_id, version)
        select h.entity, h.entity_id, h.field, h.before, h.after, h.occurred_at, transaction_timestamp(), {by.Value}, {(short)Channel.Import}, t.id,
               case h.entity when 'deal' then h.deal_id end, case h.entity when 'deal' then {version} end
        from import_history h left join transitions t on t.deal_id = h.deal_id and t.seq = h.seq
        order by h.occurred_at, h.place
        """,
        ct);
}
