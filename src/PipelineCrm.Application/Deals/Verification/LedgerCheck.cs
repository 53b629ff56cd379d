namespace PipelineCrm.Deals;

/// <summary>Replays every deal's ledger through the state machine, and looks for what has lost its deal or its transition.</summary>
internal static class LedgerCheck
{
    /// <summary>What only somebody leaves behind who took rows out of the ledger.</summary>
    private const string Left = """
        select format('deal %s: is gone, %s transitions of it are there', deal_id, count(*))
        from transitions t where not exists (select from deals d where d.id = t.deal_id) group by deal_id
        union all
        select format('deal %s: is gone, its history is there', entity_id)
        from history h where entity = 'deal' and not exists (select from deals d where d.id = h.entity_id::uuid) group by entity_id
        union all
        select format('%s %s: its history names transition %s, which is gone', entity, entity_id, transition_id)
        from history h where transition_id is not null and not exists (select from transitions t where t.id = h.transition_id)
        union all
        select format('deal %s: transition %s was answered and is gone', a.answer #>> '{deal,id}', a.answer #>> '{transition,id}')
        from stored_answers a
        where a.answer ? 'transition' and not exists (select from transitions t where t.id = (a.answer #>> '{transition,id}')::bigint)
        union all
        select format('deal %s: has version %s, its history tells of version %s', d.id, d.version, v.latest)
        from deals d
        cross join lateral (select max(h.version) as latest from history h where h.deal_id = d.id) v
        where v.latest > d.version
        """;

    public static async Task<(long Deals, long Transitions)> Run(DifferenceLog found, CancellationToken ct)
    {
        var (deals, transitions) = (0L, 0L);
        var rows = new List<ReplayedTransition>();
        ReplayedDeal? deal = null;
        await found.Read(
            ReplayedTransition.Sql,
            reader =>
            {
                var read = ReplayedDeal.Read(reader);
                if (read.Id != deal?.Id)
                {
                    Close();
                    (deal, rows) = (read, []);
                    deals++;
                }

                if (ReplayedTransition.Read(reader) is { } row)
                {
                    rows.Add(row);
                    transitions++;
                }
            },
            ct);
        Close();
        await found.AddRows(Left, ct);
        return (deals, transitions);

        void Close()
        {
            if (deal is not null)
            {
                found.AddRange(LedgerReplay.Compare(deal, rows));
            }
        }
    }
}
