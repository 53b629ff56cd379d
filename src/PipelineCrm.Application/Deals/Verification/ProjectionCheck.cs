namespace PipelineCrm.Deals;

/// <summary>What board and reports keep against what it is made from.</summary>
internal static class ProjectionCheck
{
    private const string Totals = $"""
        with kept as (
            select stage, outcome, owner_id, currency, sum(deals) as deals, sum(amount) as amount
            from {BoardTotals.AllKept} both_tables
            group by 1, 2, 3, 4),
        counted as (
            select stage, outcome, owner_id, case when amount is null then '   ' else currency end as currency, count(*) as deals, coalesce(sum(amount), 0) as amount
            from deals where not void and archived_at is null group by 1, 2, 3, 4)
        select format('total of stage %s, outcome %s, owner %s, currency %s: kept %s deals, %s; counted %s deals, %s',
                      stage, outcome, owner_id, currency, coalesce(k.deals, 0), coalesce(k.amount, 0), coalesce(c.deals, 0), coalesce(c.amount, 0))
        from kept k full join counted c using (stage, outcome, owner_id, currency)
        where coalesce(k.deals, 0) <> coalesce(c.deals, 0) or coalesce(k.amount, 0) <> coalesce(c.amount, 0)
        """;

    /// <summary>
    /// Of deals that changed since the projection was updated, what is kept is what was: nobody reads it, and it goes with the next
    /// folding. Its instants and values are still those of a transition and of lines in the history.
    /// </summary>
    private const string NotFolded = """
        select format('deal %s: an entry kept for reports, not folded in yet, is of no transition of it', e.deal_id)
        from funnel_entries e
        where e.deal_id in (select deal_id from funnel_changed)
          and not exists (select from transitions t where t.deal_id = e.deal_id and t.occurred_at = e.entered_at and e.stage between t.counted_from and t.counted_to)
        union all
        select format('deal %s: an open time kept for reports, not folded in yet, begins with no transition and no line of it', s.deal_id)
        from funnel_spans s
        where s.deal_id in (select deal_id from funnel_changed)
          and not exists (select from transitions t where t.deal_id = s.deal_id and t.occurred_at = s.from_at)
          and not exists (select from history h where h.entity = 'deal' and h.entity_id = s.deal_id::text and h.occurred_at = s.from_at)
        union all
        select format('deal %s: %s kept for reports, not folded in yet, was never its amount', k.deal_id, k.amount)
        from (select deal_id, amount from funnel_entries union select deal_id, amount from funnel_spans) k
        where k.amount is not null and k.deal_id in (select deal_id from funnel_changed)
          and not exists (select from history h where h.entity = 'deal' and h.entity_id = k.deal_id::text and h.field = 'amount' and h.after = to_jsonb(k.amount))
        """;

    public static async Task Run(DifferenceLog found, CancellationToken ct)
    {
        await found.AddRows(Totals, ct);
        await found.AddRows(Kept("funnel_entries", "entries"), ct);
        await found.AddRows(Kept("funnel_spans", "open times"), ct);
        await found.AddRows(NotFolded, ct);
    }

    /// <summary>What is stored for reports of deals that did not change since, against what follows from ledger and history.</summary>
    private static string Kept(string table, string what) => $"""
        with kept as (select * from {table} k where not exists (select from funnel_changed c where c.deal_id = k.deal_id)),
        due as (select * from {table}_due k where not exists (select from funnel_changed c where c.deal_id = k.deal_id))
        select format('deal %s: its {what} kept for reports are not what follows from its ledger and history', deal_id)
        from ((select * from kept except all select * from due) union all (select * from due except all select * from kept)) odd
        group by deal_id
        """;
}
