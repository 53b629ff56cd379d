using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>
/// Every fact of a deal, a customer and what belongs to them against the last line of its history. A fact without a line is one that was
/// never filled. Names, mails and phones are in the history as filled or empty only, so only that is compared.
/// </summary>
internal static class FactsCheck
{
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

    public static async Task Run(DifferenceLog found, FactCatalog catalog, CancellationToken ct)
    {
        await found.AddRows(
            Of(
                FactSubject.Deal, "deals", "d", catalog,
                [
                    ("productId", "d.product_id"), ("lostReason", "d.lost_reason"), ("void", "nullif(d.void, false)"),
                    ("customerId", "d.customer_id"),
                    ("cycle", "d.cycle"), ("previousDealId", "d.previous_deal_id"), ("referredByDealId", "d.referred_by_deal_id"),
                ]),
            ct);
        await found.AddRows(
            Of(FactSubject.Customer, "customers", "c", catalog,
                [("placeholder", "nullif(c.placeholder, false)"), ("referrerId", "c.referrer_id")]), ct);
        foreach (var (entity, fields, rows) in Belonging)
        {
            await found.AddRows(Belongs(entity, fields, rows), ct);
        }
    }

    /// <summary>All that people write of a subject, with what else its history keeps.</summary>
    private static string Of(FactSubject subject, string table, string row, FactCatalog catalog, (string Field, string Sql)[] more)
    {
        var columns = catalog.Content(subject).Where(fact => fact.Column is not null).ToList();
        var fields = columns.Select(fact => (fact.Field, Sql: Told(fact))).Concat(more).ToList();
        var defaults = string.Concat(columns.Where(fact => !fact.Default.IsEmpty)
            .Select(fact => $" and not (l.field = '{fact.Field}' and l.after = {Json(fact)})"));
        var hidden = string.Join(", ", catalog.Fields.Where(field => field.Subject == subject && catalog.Find(field.FactKey)!.Personal)
            .Select(field => $"'{field.Key}'"));
        return $$"""
            select format('{{subject.ToWire()}} %s: %s is not what its history says last', {{row}}.id, odd.fields)
            from {{table}} {{row}}
            cross join lateral (
                select coalesce(jsonb_object_agg(l.field, l.after) filter (
                           where l.after not in ('null', 'false', '"empty"') and l.field <> 'archivedAt'{{defaults}}), '{}') as facts,
                       (max(l.after #>> '{}') filter (where l.field = 'archivedAt'))::timestamptz as archived_at
                from (
                    select distinct on (h.field) h.field, h.after from history h
                    where h.entity = '{{subject.ToWire()}}' and h.entity_id = {{row}}.id::text
                      and (h.field in ('archivedAt', {{string.Join(", ", fields.Select(field => $"'{field.Field}'"))}}) or starts_with(h.field, '{{CustomField.Prefix}}'))
                    order by h.field, h.id desc) l) h
            cross join lateral (
                select jsonb_strip_nulls(jsonb_build_object({{string.Join(", ", fields.Select(field => $"'{field.Field}', {field.Sql}"))}})) || coalesce((
                    select jsonb_object_agg('{{CustomField.Prefix}}' || v.key, case when v.key = any(array[{{hidden}}]::text[]) then '"filled"' else v.value end)
                    from jsonb_each({{row}}.custom) v where v.value <> 'false'), '{}') as facts) r
            cross join lateral (
                select string_agg(field, ', ' order by field) as fields
                from (select coalesce(a.key, b.key) as field from jsonb_each(r.facts) a full join jsonb_each(h.facts) b on a.key = b.key
                      where a.value is distinct from b.value
                      union all
                      select 'archivedAt' where {{row}}.archived_at is distinct from h.archived_at) f) odd
            where r.facts <> h.facts or {{row}}.archived_at is distinct from h.archived_at
            """;
    }

    /// <summary>As the history keeps it.</summary>
    private static string Told(FactDefinition fact) =>
        fact.Personal ? $"case when {fact.Sql} <> '' then 'filled' end"
        : fact.Choices is { IsNumbered: true, Listed: { } listed }
            ? $"nullif(case {fact.Sql} {string.Join(" ", listed.Select(choice => $"when {choice.Number} then '{choice.Code}'"))} end, {Text(fact.Default)})"
        : fact.Sql;

    private static string Text(Fact value) => value.Value is string text ? $"'{text}'" : "null";

    private static string Json(FactDefinition fact) => $"'{fact.Default.ToStored()!.Value.GetRawText()}'";

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
