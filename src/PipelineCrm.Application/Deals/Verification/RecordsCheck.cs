namespace PipelineCrm.Deals;

/// <summary>Published rule sets against their hashes and those that transitions named; refusals against their chains.</summary>
internal static class RecordsCheck
{
    private const string Rules = """
        select format('rule set %s: its content does not fit its hash', r.version) from rule_sets r where r.hash <> rule_set_hash(r)
        union all
        select format('rule set %s: %s transitions name another hash than it has', t.rule_set, count(*))
        from transitions t left join rule_sets r on r.version = t.rule_set
        where t.rule_set_hash is not null and t.rule_set_hash is distinct from r.hash
        group by t.rule_set
        union all
        select format('rule set %s: %s refusals name another hash than it has', f.rule_set, count(*))
        from refusals f left join rule_sets r on r.version = f.rule_set
        where f.rule_set_hash is not null and f.rule_set_hash is distinct from r.hash
        group by f.rule_set
        union all
        select format('rule set %s: is gone, %s transitions were judged by it', t.rule_set, count(*))
        from transitions t where t.rule_set is not null and not exists (select from rule_sets r where r.version = t.rule_set) group by t.rule_set
        union all
        select format('rule set %s: is missing between the published versions', n)
        from generate_series(1, (select max(version) from rule_sets)) n where not exists (select from rule_sets r where r.version = n)
        """;

    private const string Refusals = """
        select format('refusal %s: its hash does not fit its content and the one before', r.id)
        from (select f as refusal, f.id, lag(f.hash) over (partition by f.deal_id, case when f.deal_id is null then f.customer_id end order by f.id) as previous
              from refusals f) r
        where (r.refusal).hash <> refusal_hash(r.previous, r.refusal)
        """;

    public static async Task Run(DifferenceLog found, CancellationToken ct)
    {
        await found.AddRows(Rules, ct);
        await found.AddRows(Refusals, ct);
    }
}
