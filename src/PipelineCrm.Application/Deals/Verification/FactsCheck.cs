namespace PipelineCrm.Deals.Verification;

/// <summary>
/// Every fact of a deal, a customer and what belongs to them against the last line of its history. A fact without a line is one that was never
/// filled. Names, mails and phones are in the history as filled or empty only, so only that is compared.
/// </summary>
internal static class FactsCheck
{
    private const string Deals = """
        select format('deal %s: %s is not what its history says last', d.id, odd.fields)
        from deals d
        cross join lateral (
            select coalesce(jsonb_object_agg(l.field, l.after) filter (where l.after <> 'null' and l.field <> 'archivedAt'), '{}') as facts,
                   (max(l.after #>> '{}') filter (where l.field = 'archivedAt'))::timestamptz as archived_at
            from (
                select distinct on (h.field) h.field, h.after from history h
                where h.entity = 'deal' and h.entity_id = d.id::text
                  and h.field in ('title', 'amount', 'currency', 'expectedClose', 'source', 'ownerId', 'productId', 'lostReason', 'void', 'archivedAt',
                                  'customerId', 'cycle', 'previousDealId', 'referredByDealId')
                order by h.field, h.id desc) l) h
        cross join lateral (
            select jsonb_strip_nulls(jsonb_build_object(
                'title', d.title, 'amount', d.amount, 'currency', d.currency, 'expectedClose', d.expected_close, 'source', d.source,
                'ownerId', d.owner_id, 'productId', d.product_id, 'lostReason', d.lost_reason, 'void', nullif(d.void, false),
                'customerId', d.customer_id, 'cycle', d.cycle, 'previousDealId', d.previous_deal_id, 'referredByDealId', d.referred_by_deal_id)) as facts) r
        cross join lateral (
            select string_agg(field, ', ' order by field) as fields
            from (select coalesce(a.key, b.key) as field from jsonb_each(r.facts) a full join jsonb_each(h.facts) b on a.key = b.key
                  where a.value is distinct from b.value
                  union all
                  select 'archivedAt' where d.archived_at is distinct from h.archived_at) f) odd
        where r.facts <> h.facts or d.archived_at is distinct from h.archived_at
        """;

    private const string Customers = """
        select format('customer %s: %s is not what its history says last', c.id, odd.fields)
        from customers c
        cross join lateral (
            select coalesce(jsonb_object_agg(l.field, l.after) filter (
                       where l.after not in ('null', 'false', '"empty"') and l.field <> 'archivedAt' and not (l.field = 'type' and l.after = '"organisation"')), '{}') as facts,
                   (max(l.after #>> '{}') filter (where l.field = 'archivedAt'))::timestamptz as archived_at
            from (
                select distinct on (h.field) h.field, h.after from history h
                where h.entity = 'customer' and h.entity_id = c.id::text
                  and h.field in ('name', 'type', 'email', 'phone', 'source', 'sector', 'country', 'placeholder', 'referrerId', 'archivedAt')
                order by h.field, h.id desc) l) h
        cross join lateral (
            select jsonb_strip_nulls(jsonb_build_object(
                'name', case when c.name <> '' then 'filled' end, 'email', case when c.email <> '' then 'filled' end,
                'phone', case when c.phone <> '' then 'filled' end,
                'type', nullif((array['person', 'organisation'])[c.type], 'organisation'), 'source', c.source, 'sector', c.sector, 'country', c.country,
                'placeholder', nullif(c.placeholder, false), 'referrerId', c.referrer_id)) as facts) r
        cross join lateral (
            select string_agg(field, ', ' order by field) as fields
            from (select coalesce(a.key, b.key) as field from jsonb_each(r.facts) a full join jsonb_each(h.facts) b on a.key = b.key
                  where a.value is distinct from b.value
                  union all
                  select 'archivedAt' where c.archived_at is distinct from h.archived_at) f) odd
        where r.facts <> h.facts or c.archived_at is distinct from h.archived_at
        """;

    private static readonly (string Entity, string Fields, string Rows)[] Belonging =
    [
        ("contact", "'customerId', 'name', 'email', 'phone', 'decisionMaker'", """
            select id::text as key, jsonb_build_object('customerId', customer_id, 'name', case when name <> '' then 'filled' end,
                   'email', case when email <> '' then 'filled' end, 'phone', case when phone <> '' then 'filled' end, 'decisionMaker', nullif(decision_maker, false)) as facts
            from contacts
            """),
        ("payment", "'dealId', 'amount', 'currency', 'method', 'paidAt', 'createdBy'", """
            select id::text as key, jsonb_build_object('dealId', deal_id, 'amount', amount, 'currency', currency, 'method', method, 'paidAt', paid_at, 'createdBy', created_by) as facts
            from payments
            """),
        ("quote", "'dealId', 'currency', 'validUntil', 'createdBy'", """
            select id::text as key, jsonb_build_object('dealId', deal_id, 'currency', currency, 'validUntil', valid_until, 'createdBy', created_by) as facts from quotes
            """),
        ("quoteLine", "'productId', 'quantity', 'price', 'discountPercent'", """
            select quote_id || '/' || position as key,
                   jsonb_build_object('productId', product_id, 'quantity', quantity, 'price', price, 'discountPercent', discount_percent) as facts
            from quote_lines
            """),
    ];

    public static async Task Run(Differences found, CancellationToken ct)
    {
        await found.AddRows(Deals, ct);
        await found.AddRows(Customers, ct);
        foreach (var (entity, fields, rows) in Belonging)
        {
            await found.AddRows(Belongs(entity, fields, rows), ct);
        }
    }

    /// <summary>Rows without their history, history without its row, and rows that are not what it says last.</summary>
    private static string Belongs(string entity, string fields, string rows) => $$"""
        select case when r.key is null then format('{{entity}} %s: is gone, its history is there', h.key)
                    else format('{{entity}} %s: is not what its history says last', r.key) end
        from (select key, jsonb_strip_nulls(facts) as facts from ({{rows}}) plain) r
        full join (
            select l.entity_id as key, jsonb_object_agg(l.field, l.after) filter (where l.after not in ('null', 'false', '"empty"')) as facts
            from (
                select distinct on (entity_id, field) entity_id, field, after from history
                where entity = '{{entity}}' and field in ({{fields}})
                order by entity_id, field, id desc) l
            group by 1
            having count(*) filter (where l.after <> 'null') > 0) h on h.key = r.key
        where r.facts is distinct from h.facts
        """;
}
