using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Funnel;

/// <summary>
/// What the funnel counts. Each meaning is one relation <c>counted</c>: a row for each stage and deal that counts in it, with what the
/// numbers ask of it. A number (<see cref="FunnelNumbersSql"/>) is the count of the rows that it picks and its list is those rows: both are
/// read from the same text.
/// </summary>
internal static class FunnelSql
{
    /// <summary>The deals that the viewer may see now and that the filters let through by their present values.</summary>
    private const string Seen = """
        seen as not materialized (
            select d.*
            from deals d
            where not d.void and d.archived_at is null
              and (@sees is null or d.owner_id = any(@sees))
              and (@owner is null or d.owner_id = @owner)
              and (@members is null or d.owner_id = any(@members))
              and (@source is null or d.source = @source)
              /*facts of deal d*/)
        """;

    /// <summary>A text with the conditions of a filter where it picks its deals: on their present values, as the report's instant is
    /// now.</summary>
    public static string Filtered(string sql, ConditionSql? facts)
    {
        if (facts is null)
        {
            return sql;
        }

        var deal = facts.OfDeal;
        return sql.Replace("/*facts of deal d*/", $"and {deal}", StringComparison.Ordinal)
            .Replace("/*facts of entry e*/", $"and exists (select from deals d where d.id = e.deal_id and {deal})",
                StringComparison.Ordinal);
    }

    private const string InPeriod = ">= coalesce(@from, '-infinity')";
    private const string BeforeEnd = "< coalesce(@to, 'infinity')";

    /// <summary>What is stored of deals, or follows for those that changed since.</summary>
    private const string EntriesSeen = """
        entries as (
            select e.* from funnel_entries e where e.deal_id <> all(@changed)
            union all
            select e.* from funnel_entries_due e where e.deal_id = any(@changed)),
        seen_entries as (
            select e.*
            from entries e
            where (@sees is null or e.owner_id = any(@sees))
              and (@owner is null or e.owner_id = @owner)
              and (@members is null or e.owner_id = any(@members))
              and (@source is null or e.source = @source)
              /*facts of entry e*/)
        """;

    /// <summary>A row for each stage that a transition of the period is the deal's first entry into, skipped ones included; undone ones do
    /// not count.</summary>
    public const string Passed = $"""
        {EntriesSeen},
        counted as (
            select e.stage::integer as stage, e.deal_id as id, e.owner_id, e.source, e.amount, e.currency, null::date as expected_close, e.deal_stage as stage_then,
                   e.furthest_stage as furthest, e.skipped, e.unknown_entry,
                   e.outcome = 0 and e.deal_stage = e.stage as still,
                   e.outcome = 1 and e.deal_stage = e.stage as lost,
                   coalesce(e.lost_reason, 'unknown') as reason,
                   e.seconds as ended,
                   case when e.clock_from is not null then floor(date_part('epoch', greatest(@instant - e.clock_from, interval '0')))::bigint end as goes_on
            from seen_entries e
            where e.entered_at {InPeriod} and e.entered_at {BeforeEnd})
        """;

    /// <summary>The deals that are open now, by the stage that they are in.</summary>
    public const string SnapshotNow = $"""
        {Seen},
        counted as (
            select d.stage::integer as stage, d.id, d.owner_id, d.source, d.amount, d.currency, d.expected_close, d.stage as stage_then,
                   d.furthest_stage as furthest, false as skipped, not d.stage_entry_known as unknown_entry, true as still, false as lost, '' as reason,
                   greatest(floor(date_part('epoch', @instant - d.entered_stage_at))::bigint - d.paused_seconds, 0) as ended, null::bigint as goes_on
            from seen d
            where d.outcome = 0)
        """;

    /// <summary>
    /// The deals that the viewer may see now, as they were at a past instant: stage and clock by the transitions before it,
    /// undoing ones included, the rest by the history's last record before it.
    /// </summary>
    public const string SnapshotPast = """
        spans as (
            select s.* from funnel_spans s where s.deal_id <> all(@changed)
            union all
            select s.* from funnel_spans_due s where s.deal_id = any(@changed)),
        counted as (
            select s.stage::integer as stage, s.deal_id as id, s.owner_id, s.source, s.amount, s.currency, s.expected_close, s.stage as stage_then,
                   s.stage as furthest, false as skipped, not s.entry_known as unknown_entry, true as still, false as lost, '' as reason,
                   floor(date_part('epoch', @past - s.clock_from))::bigint as ended, null::bigint as goes_on
            from spans s
            where s.from_at < @past and s.to_at >= @past
              and (@sees is null or s.present_owner_id = any(@sees))
              and (@owner is null or s.owner_id = @owner)
              and (@members is null or s.owner_id = any(@members))
              and (@source is null or s.source = @source))
        """;

    /// <summary>The deals that were decided in the period.</summary>
    public const string Decided = $"""
        {Seen},
        decided as (
            select d.id, d.owner_id, d.source, d.amount, d.currency, d.expected_close, d.stage as stage_then, true as won, false as lost_never_won,
                   floor(date_part('epoch', greatest(d.won_at - d.created_at, interval '0')))::bigint as time_to_win
            from seen d
            where d.won_at {InPeriod} and d.won_at {BeforeEnd}
            union all
            select d.id, d.owner_id, d.source, d.amount, d.currency, d.expected_close, d.stage, false, true, null
            from seen d
            where d.won_at is null and d.outcome = 1 and d.closed_at {InPeriod} and d.closed_at {BeforeEnd})
        """;

    /// <summary>The owners who belonged to the team's subtree at the instant. Somebody who was not there yet counts with the team they came
    /// to first.</summary>
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
