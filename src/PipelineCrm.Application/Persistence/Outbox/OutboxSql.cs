namespace PipelineCrm.Persistence.Outbox;

/// <summary>How the outbox is read and emptied.</summary>
internal static class OutboxSql
{
    public const string Channel = "pipelinecrm_outbox";

    /// <summary>
    /// What was committed since a snapshot was taken: rows of transactions that began after it ($1: the first such number) or that still
    /// ran in it ($2), at most $3 of them; with the present snapshot, which they are read in. So each row is read once, whenever its
    /// transaction ends, and of one subject in the order in which it was written: whoever waited for another's lock commits after it.
    /// </summary>
    public const string Since = $"""
        with present as materialized (select pg_current_snapshot() as it),
        fresh as (
            select * from (select * from outbox where xid >= $1 union all select * from outbox where xid = any($2)) every limit $3)
        select pg_snapshot_xmax(present.it), array(select pg_snapshot_xip(present.it)), clock_timestamp(), r.*
        from present left join (select {OutboxRow.Columns} from fresh) r on true
        order by r.id
        """;

    /// <summary>$1: older than that, $2 how many at most. One node at a time.</summary>
    public const string Purge = """
        with free as (select pg_try_advisory_xact_lock(7303) as it),
        due as (select xid, subject, subject_id from outbox where (select it from free) and at < $1 order by xid limit $2)
        delete from outbox o using due where (o.xid, o.subject, o.subject_id) = (due.xid, due.subject, due.subject_id)
        returning 1
        """;
}
