namespace PipelineCrm.Analytics;

/// <summary>Which rows of <c>counted</c> each number picks (<see cref="FunnelNumber"/>), for counting and for listing.</summary>
internal static class FunnelNumbersSql
{
    private const string Next = "c.furthest > c.stage";
    private const string Stopped = "c.furthest <= c.stage";
    private const string Amount = "c.amount is not null and c.currency = @base";
    private const string WithoutAmount = "c.amount is null";
    private const string Stays = "not c.skipped and not c.unknown_entry";
    private const string NotConverted = "c.amount is not null and c.currency <> @base";

    /// <summary>Everything that is counted per stage, per loss reason, reached from the first stage, and per other currency.</summary>
    private const string Count = $"""
        select 'stage', c.stage, '', count(*), coalesce(sum(c.amount) filter (where {Amount}), 0),
               count(*) filter (where c.skipped), count(*) filter (where {Next}), count(*) filter (where {Stopped}), count(*) filter (where c.still),
               count(*) filter (where c.lost), count(*) filter (where {Amount}), count(*) filter (where {WithoutAmount}),
               count(*) filter (where {Stays}), count(*) filter (where c.unknown_entry)
        from counted c group by c.stage
        union all
        select 'reason', c.stage, c.reason, count(*), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 from counted c where c.lost group by c.stage, c.reason
        union all
        select 'reached', r.stage, '', count(*), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        from counted c join generate_series(1, 5) as r(stage) on c.furthest >= r.stage where c.stage = 1 group by r.stage
        union all
        select 'currency', 0, o.currency, count(*), sum(o.amount), 0, 0, 0, 0, 0, 0, 0, 0, 0
        from (select distinct c.id, c.currency, c.amount from counted c where {NotConverted}) o group by o.currency
        """;

    private const string Pick = $"""
        picked as (
            select distinct on (c.id) c.id, c.owner_id, c.source, c.amount, c.currency, c.expected_close, c.stage_then
            from counted c
            where case @number
                when 1 then c.stage = @stage
                when 2 then c.stage = @stage and {Next}
                when 3 then c.stage = 1 and c.furthest >= @stage
                when 4 then c.stage = @stage and c.skipped
                when 5 then c.stage = @stage and c.lost and (@reason is null or c.reason = @reason)
                when 6 then c.stage = @stage and {Stopped}
                when 7 then c.stage = @stage and c.still
                when 8 then c.stage = @stage and {Amount}
                when 9 then c.stage = @stage and {WithoutAmount}
                when 10 then c.stage = @stage and {Stays}
                when 11 then {NotConverted} and (@currency is null or c.currency = @currency)
            end
            order by c.id)
        """;

    private const string Won = "c.won";
    private const string LostNeverWon = "c.lost_never_won";

    private const string PickDecided = $"""
        picked as (
            select c.id, c.owner_id, c.source, c.amount, c.currency, c.expected_close, c.stage_then
            from decided c
            where case @number when 12 then {Won} when 13 then {LostNeverWon} end)
        """;

    private const string Show = """
        select p.id, p.stage_then, p.amount, p.currency, p.expected_close, p.source, p.owner_id, o.display_name, t.total
        from (select count(*) as total from picked) t
        left join lateral (
            select * from picked where @after is null or id > @after order by id limit @limit) p on true
        left join users o on o.id = p.owner_id
        order by p.id
        """;

    public const string CountPassed = $"with {FunnelSql.Passed} {Count}";
    public const string CountSnapshotNow = $"with {FunnelSql.SnapshotNow} {Count}";
    public const string CountSnapshotPast = $"with {FunnelSql.SnapshotPast} {Count}";

    public const string CountDecided = $"""
        with {FunnelSql.Decided}
        select count(*) filter (where {Won}), count(*) filter (where {LostNeverWon}),
               coalesce(sum(c.amount) filter (where {Won} and {Amount}), 0), count(*) filter (where {Won} and {WithoutAmount})
        from decided c
        """;

    public const string TimesToWin = $"""
        with {FunnelSql.Decided}
        select 0::smallint, floor(extract(epoch from greatest(c.won_at - c.created_at, interval '0')))::bigint, count(*), 0::bigint
        from decided c where {Won}
        group by 2
        """;

    public const string ListPassed = $"with {FunnelSql.Passed}, {Pick} {Show}";
    public const string ListSnapshotNow = $"with {FunnelSql.SnapshotNow}, {Pick} {Show}";
    public const string ListSnapshotPast = $"with {FunnelSql.SnapshotPast}, {Pick} {Show}";
    public const string ListDecided = $"with {FunnelSql.Decided}, {PickDecided} {Show}";
}
