namespace PipelineCrm.Funnel;

/// <summary>Which rows of <c>counted</c> each number picks (<see cref="FunnelNumber"/>), for counting and for listing.</summary>
internal static class FunnelNumbersSql
{
    private const string Next = "c.furthest > c.stage";
    private const string Stopped = "c.furthest <= c.stage";
    private const string StoppedLost = $"{Stopped} and c.lost";
    private const string StoppedStill = $"{Stopped} and c.still";
    private const string StoppedBack = $"{Stopped} and c.stage_then < c.stage";
    private const string Amount = "c.amount is not null and c.currency = @base";
    private const string WithoutAmount = "c.amount is null";
    private const string Stays = "not c.skipped and not c.unknown_entry";
    private const string NotConverted = "c.amount is not null and c.currency <> @base";

    /// <summary>Deals that no number tells apart, added up: few rows, whatever is counted. What the numbers ask of a deal, they ask of its
    /// cell.</summary>
    private const string Cells = """
        cells as materialized (
            select c.stage, c.furthest, c.skipped, c.unknown_entry, c.still, c.lost, case when c.lost then c.reason end as reason, c.currency,
                   least(c.stage_then, c.stage) as stage_then, sum(c.amount) as amount, count(*) as n
            from counted c
            group by 1, 2, 3, 4, 5, 6, 7, 8, 9, c.amount is null)
        """;

    /// <summary>Everything that is counted per stage, per loss reason, and reached from the first stage.</summary>
    private const string Count = $"""
        {Cells}
        select 'stage', c.stage, '', sum(c.n), sum(c.amount) filter (where {Amount}),
               sum(c.n) filter (where c.skipped), sum(c.n) filter (where {Next}), sum(c.n) filter (where {Stopped}), sum(c.n) filter (where c.still),
               sum(c.n) filter (where c.lost), sum(c.n) filter (where {Amount}), sum(c.n) filter (where {WithoutAmount}),
               sum(c.n) filter (where {Stays}), sum(c.n) filter (where c.unknown_entry), sum(c.n) filter (where {NotConverted}),
               sum(c.n) filter (where {StoppedLost}), sum(c.n) filter (where {StoppedStill}), sum(c.n) filter (where {StoppedBack})
        from cells c group by c.stage
        union all
        select 'reason', c.stage, c.reason, sum(c.n), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, sum(c.n) filter (where {StoppedLost}), 0, 0 from cells c where c.lost group by c.stage, c.reason
        union all
        select 'reached', r.stage, '', sum(c.n), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        from cells c join generate_series(1, 5) as r(stage) on c.furthest >= r.stage where c.stage = 1 group by r.stage
        """;

    /// <summary>Deals with money that is not the base currency's: per stage, and (without a stage) each once.</summary>
    private const string CountCurrencies = $"""
        select null::integer, o.currency, sum(o.amount), count(*)
        from (select distinct c.id, c.currency, c.amount from counted c where {NotConverted}) o group by o.currency
        union all
        select c.stage, c.currency, sum(c.amount), count(*) from counted c where {NotConverted} group by c.stage, c.currency
        """;

    /// <summary>How long the stays lasted, and those that go on so far.</summary>
    private const string Lengths = $"""
        select c.stage, array_agg(c.ended) filter (where c.ended is not null), array_agg(c.goes_on) filter (where c.goes_on is not null)
        from counted c where {Stays} group by c.stage
        """;

    private const string Pick = $"""
        picked as (
            select distinct on (c.id) c.id, c.owner_id, c.source, c.amount, c.currency, c.expected_close, c.stage_then,
                   case when not c.unknown_entry then c.ended end as seconds
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
                when 14 then c.stage = @stage and {StoppedLost} and (@reason is null or c.reason = @reason)
                when 15 then c.stage = @stage and {StoppedStill}
                when 16 then c.stage = @stage and {StoppedBack}
                when 17 then c.stage = @stage and {Stopped} and c.stage_then = c.stage and not c.lost and not c.still
                when 18 then c.stage = @stage and {Next} and (c.lost or c.still)
                when 11 then {NotConverted} and (@currency is null or c.currency = @currency) and (@stage is null or c.stage = @stage)
            end
            order by c.id)
        """;

    private const string Won = "c.won";
    private const string LostNeverWon = "c.lost_never_won";

    private const string PickDecided = $"""
        picked as (
            select c.id, c.owner_id, c.source, c.amount, c.currency, c.expected_close, c.stage_then, null::bigint as seconds
            from decided c
            where case @number when 12 then {Won} when 13 then {LostNeverWon} end)
        """;

    private const string Show = """
        select p.id, p.stage_then, p.amount, p.currency, p.expected_close, p.source, p.owner_id, o.display_name, t.total, p.seconds
        from (select count(*) as total from picked) t
        left join lateral (
            select * from picked where @after is null or id > @after order by id limit @limit) p on true
        left join users o on o.id = p.owner_id
        order by p.id
        """;

    public const string CountPassed = $"with {FunnelSql.Passed}, {Count}";
    public const string CountSnapshotNow = $"with {FunnelSql.SnapshotNow}, {Count}";
    public const string CountSnapshotPast = $"with {FunnelSql.SnapshotPast}, {Count}";

    public const string CurrenciesPassed = $"with {FunnelSql.Passed} {CountCurrencies}";
    public const string CurrenciesSnapshotNow = $"with {FunnelSql.SnapshotNow} {CountCurrencies}";
    public const string CurrenciesSnapshotPast = $"with {FunnelSql.SnapshotPast} {CountCurrencies}";

    public const string LengthsPassed = $"with {FunnelSql.Passed} {Lengths}";
    public const string LengthsSnapshotNow = $"with {FunnelSql.SnapshotNow} {Lengths}";
    public const string LengthsSnapshotPast = $"with {FunnelSql.SnapshotPast} {Lengths}";

    public const string CountDecided = $"""
        with {FunnelSql.Decided}
        select count(*) filter (where {Won}), count(*) filter (where {LostNeverWon}),
               coalesce(sum(c.amount) filter (where {Won} and {Amount}), 0), count(*) filter (where {Won} and {WithoutAmount}),
               array_agg(c.time_to_win) filter (where {Won})
        from decided c
        """;

    public const string ListPassed = $"with {FunnelSql.Passed}, {Pick} {Show}";
    public const string ListSnapshotNow = $"with {FunnelSql.SnapshotNow}, {Pick} {Show}";
    public const string ListSnapshotPast = $"with {FunnelSql.SnapshotPast}, {Pick} {Show}";
    public const string ListDecided = $"with {FunnelSql.Decided}, {PickDecided} {Show}";
}
