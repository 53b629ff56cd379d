namespace PipelineCrm.Analytics;

/// <summary>
/// What the funnel counts. Each meaning is one relation <c>counted</c>: a row for each stage and deal that counts in it, with what the
/// numbers ask of it. A number (<see cref="FunnelNumbersSql"/>) is the count of the rows that it picks and its list is those rows: both are read
/// from the same text.
/// </summary>
internal static class FunnelSql
{
    /// <summary>The deals that the viewer may see now and that the filters let through by their present values.</summary>
    private const string Seen = """
        seen as (
            select d.*
            from deals d
            where not d.void and d.archived_at is null
              and (@sees is null or d.owner_id = any(@sees))
              and (@owner is null or d.owner_id = @owner)
              and (@members is null or d.owner_id = any(@members))
              and (@source is null or d.source = @source))
        """;

    private const string InPeriod = ">= coalesce(@from, '-infinity')";
    private const string BeforeEnd = "< coalesce(@to, 'infinity')";

    /// <summary>A row for each stage that a transition of the period is the deal's first entry into, skipped ones included; undone ones do not count.</summary>
    public const string Passed = $"""
        {Seen},
        counted as materialized (
            select e.stage, d.id, d.owner_id, d.source, d.amount, d.currency, d.expected_close, d.stage as stage_then,
                   d.furthest_stage as furthest,
                   t.to_stage <> e.stage as skipped,
                   t.to_stage = e.stage and not t.entry_known as unknown_entry,
                   d.outcome = 0 and d.stage = e.stage as still,
                   d.outcome = 1 and d.stage = e.stage as lost,
                   coalesce(d.lost_reason, 'unknown') as reason
            from transitions t
            join seen d on d.id = t.deal_id
            cross join lateral generate_series(t.counted_from::integer, t.counted_to::integer) as e(stage)
            where t.counted_to is not null and t.occurred_at {InPeriod} and t.occurred_at {BeforeEnd}
              and not exists (select from transitions u where u.undoes is not null and u.undoes = t.id))
        """;

    /// <summary>The deals that are open now, by the stage that they are in.</summary>
    public const string SnapshotNow = $"""
        {Seen},
        counted as (
            select d.stage::integer as stage, d.id, d.owner_id, d.source, d.amount, d.currency, d.expected_close, d.stage as stage_then,
                   d.furthest_stage as furthest, false as skipped, not d.stage_entry_known as unknown_entry, true as still, false as lost, '' as reason
            from seen d
            where d.outcome = 0)
        """;

    /// <summary>
    /// The deals that the viewer may see now, as they were at a past instant: stage and outcome by the last transition before it,
    /// undoing ones included, the rest by the history's last record before it.
    /// </summary>
    public const string SnapshotPast = """
        counted as materialized (
            select s.to_stage::integer as stage, d.id, (f.owner_id #>> '{}')::uuid as owner_id, f.source #>> '{}' as source,
                   (f.amount #>> '{}')::numeric as amount, f.currency #>> '{}' as currency, (f.expected_close #>> '{}')::date as expected_close,
                   s.to_stage as stage_then, s.to_stage as furthest, false as skipped, not n.entry_known as unknown_entry, true as still, false as lost, '' as reason
            from deals d
            cross join lateral (
                select t.to_stage, t.to_outcome
                from transitions t where t.deal_id = d.id and t.occurred_at < @past order by t.seq desc limit 1) s
            cross join lateral (
                select (array_agg(h.after order by h.occurred_at desc, h.id desc) filter (where h.field = 'ownerId'))[1] as owner_id,
                       (array_agg(h.after order by h.occurred_at desc, h.id desc) filter (where h.field = 'source'))[1] as source,
                       (array_agg(h.after order by h.occurred_at desc, h.id desc) filter (where h.field = 'amount'))[1] as amount,
                       (array_agg(h.after order by h.occurred_at desc, h.id desc) filter (where h.field = 'currency'))[1] as currency,
                       (array_agg(h.after order by h.occurred_at desc, h.id desc) filter (where h.field = 'expectedClose'))[1] as expected_close,
                       (array_agg(h.after order by h.occurred_at desc, h.id desc) filter (where h.field = 'archivedAt'))[1] as archived_at
                from history h
                where h.entity = 'deal' and h.entity_id = d.id::text and h.occurred_at < @past
                  and h.field in ('ownerId', 'source', 'amount', 'currency', 'expectedClose', 'archivedAt')) f
            cross join lateral (
                select t.entry_known from transitions t
                where t.deal_id = d.id and t.occurred_at < @past and t.undoes is null and t.from_stage is distinct from t.to_stage
                  and not exists (select from transitions u where u.undoes is not null and u.undoes = t.id and u.occurred_at < @past)
                order by t.seq desc limit 1) n
            where not d.void and (@sees is null or d.owner_id = any(@sees))
              and s.to_outcome = 0 and f.archived_at #>> '{}' is null
              and (@owner is null or (f.owner_id #>> '{}')::uuid = @owner)
              and (@members is null or (f.owner_id #>> '{}')::uuid = any(@members))
              and (@source is null or f.source #>> '{}' = @source))
        """;

    /// <summary>The deals that were decided in the period.</summary>
    public const string Decided = $"""
        {Seen},
        decided as (
            select d.id, d.owner_id, d.source, d.amount, d.currency, d.expected_close, d.stage as stage_then, d.created_at, d.won_at,
                   d.won_at is not null and d.won_at {InPeriod} and d.won_at {BeforeEnd} as won,
                   d.won_at is null and d.outcome = 1 and d.closed_at {InPeriod} and d.closed_at {BeforeEnd} as lost_never_won
            from seen d
            where d.won_at is not null or d.outcome = 1)
        """;

    /// <summary>
    /// How long deals stayed. A run is the time from one transition that holds to the next; the runs since an entry, those lying Lost
    /// left out, are the stay. Moves that were undone do not hold, so an undone leaving continues the stay.
    /// </summary>
    private const string Runs = """
        runs as (
            select t.deal_id, t.to_stage, t.to_outcome, t.occurred_at,
                   lead(t.occurred_at) over w as until,
                   count(*) filter (where t.from_stage is distinct from t.to_stage) over w as entry,
                   t.from_stage is distinct from t.to_stage and t.entry_known as entered,
                   t.counted_to is not null and t.occurred_at >= coalesce(@from, '-infinity') and t.occurred_at < coalesce(@to, 'infinity') as first
            from transitions t
            where t.deal_id in (select c.id from counted c) and t.undoes is null and (@past is null or t.occurred_at < @past)
              and not exists (select from transitions u where u.undoes is not null and u.undoes = t.id and (@past is null or u.occurred_at < @past))
            window w as (partition by t.deal_id order by t.seq)),
        stays as (
            select r.to_stage, r.deal_id, bool_or(r.entered) as known, bool_or(r.first) as first,
                   bool_or(r.until is null) as latest, bool_or(r.until is null and r.to_outcome = 0) as goes_on,
                   floor(extract(epoch from coalesce(sum(greatest(coalesce(r.until, @instant) - r.occurred_at, interval '0')) filter (where r.to_outcome = 0), interval '0')))::bigint as seconds
            from runs r
            group by r.deal_id, r.entry, r.to_stage)
        """;

    /// <summary>First stays: those of the counted entries. What was skipped or entered nobody knows when gives none.</summary>
    public const string StaysOfPassed = $"""
        with {Passed},
        {Runs}
        select s.to_stage, s.seconds, count(*) filter (where not s.goes_on), count(*) filter (where s.goes_on)
        from stays s where s.first and s.known
        group by s.to_stage, s.seconds
        """;

    /// <summary>How long the open deals had been in their stage, by the stage's clock.</summary>
    public const string DaysSoFarNow = $"""
        with {Seen}
        select d.stage, floor(extract(epoch from greatest(@instant - d.entered_stage_at, interval '0')))::bigint - d.paused_seconds as seconds, count(*), 0::bigint
        from seen d
        where d.outcome = 0 and d.stage_entry_known
        group by 1, 2
        """;

    public const string DaysSoFarPast = $"""
        with {SnapshotPast},
        {Runs}
        select s.to_stage, s.seconds, count(*), 0::bigint
        from stays s where s.latest and s.known
        group by s.to_stage, s.seconds
        """;

    /// <summary>The owners who belonged to the team's subtree at the instant. Somebody who was not there yet counts with the team they came to first.</summary>
    public const string Members = """
        with recursive tree as (
            select id from teams where id = @team
            union all
            select c.id from teams c join tree on c.parent_id = tree.id)
        select u.id
        from users u
        left join lateral (
            select true as there, h.after #>> '{}' as team from history h
            where @past is not null and h.entity = 'user' and h.entity_id = u.id::text and h.field = 'teamId' and h.occurred_at < @past
            order by h.occurred_at desc, h.id desc limit 1) last on true
        left join lateral (
            select true as there, h.before #>> '{}' as left_team, h.after #>> '{}' as team from history h
            where @past is not null and h.entity = 'user' and h.entity_id = u.id::text and h.field = 'teamId' and h.occurred_at >= @past
            order by h.occurred_at, h.id limit 1) next on true
        where case
            when last.there then last.team::uuid
            when next.there and u.created_at < @past then next.left_team::uuid
            when next.there then next.team::uuid
            else u.team_id
        end in (select id from tree)
        """;
}
