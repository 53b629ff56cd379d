using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A customer's status against what follows from its deals, and against the history's last word on it.</summary>
internal static class StatusCheck
{
    private const string FromDeals = """
        select c.id, c.placeholder, c.status, c.status_stage, c.status_since, c.returning_customer,
               d.stage, d.outcome, d.won_at, d.closed_at, not d.void and d.archived_at is null
        from customers c left join deals d on d.customer_id = c.id and not c.placeholder
        order by c.id
        """;

    /// <summary>
    /// The last word is the one recorded last, or the one that occurred last: imports tell of the past, and of two moves that begin at
    /// nearly the same instant the later one may be written first.
    /// </summary>
    private const string Told = """
        select format('customer %s: %s is not what its history says last', c.id, string_agg(v.field, ', '))
        from customers c
        cross join lateral (values
            ('status', (array['awareness', 'consideration', 'decision', 'purchase', 'postPurchase', 'lost'])[nullif(c.status, 0)]),
            ('statusStage', (array['awareness', 'consideration', 'decision', 'purchase', 'postPurchase'])[c.status_stage]),
            ('returning', case when c.returning_customer then 'true' end),
            ('statusSince', null)) v(field, value)
        where case v.field
            when 'statusSince' then
                c.status_since is distinct from (
                    select (h.after #>> '{}')::timestamptz from history h
                    where h.entity = 'customer' and h.entity_id = c.id::text and h.field = 'statusSince' order by h.occurred_at desc, h.id desc limit 1)
                and c.status_since is distinct from (
                    select (h.after #>> '{}')::timestamptz from history h
                    where h.entity = 'customer' and h.entity_id = c.id::text and h.field = 'statusSince' order by h.id desc limit 1)
            else
                v.value is distinct from (
                    select nullif(nullif(h.after #>> '{}', 'none'), 'false') from history h
                    where h.entity = 'customer' and h.entity_id = c.id::text and h.field = v.field order by h.occurred_at desc, h.id desc limit 1)
                and v.value is distinct from (
                    select nullif(nullif(h.after #>> '{}', 'none'), 'false') from history h
                    where h.entity = 'customer' and h.entity_id = c.id::text and h.field = v.field order by h.id desc limit 1)
            end
        group by c.id
        """;

    public static async Task<long> Run(DifferenceLog found, CancellationToken ct)
    {
        var customers = 0L;
        (Guid Id, bool Placeholder, CustomerStanding Kept)? current = null;
        var standings = new List<DealStanding>();
        await found.Read(
            FromDeals,
            reader =>
            {
                if (reader.GetGuid(0) != current?.Id)
                {
                    Close();
                    current = (reader.GetGuid(0), reader.GetBoolean(1), new CustomerStanding(
                        (PurchaseStatus)reader.GetInt16(2), (Stage?)reader.GetOrNull<short>(3), reader.GetOrNull<DateTimeOffset>(4),
                        reader.GetBoolean(5)));
                    standings = [];
                    customers++;
                }

                if (reader.GetOrNull<short>(6) is { } stage)
                {
                    standings.Add(new DealStanding(
                        (Stage)stage, (Outcome)reader.GetInt16(7), reader.GetOrNull<DateTimeOffset>(8), reader.GetOrNull<DateTimeOffset>(9),
                        reader.GetBoolean(10)));
                }
            },
            ct);
        Close();
        await found.AddRows(Told, ct);
        return customers;

        void Close()
        {
            if (current is { } customer && CustomerStanding.Of(standings, customer.Placeholder) is var follows
                && follows != AsFollows(customer.Kept))
            {
                found.Add($"customer {customer.Id}: status is {customer.Kept}, from its deals follows {follows}");
            }
        }
    }

    /// <summary>Only a lost customer's instant follows from the deals; of another status it is when it was recorded.</summary>
    private static CustomerStanding AsFollows(CustomerStanding kept) => kept.Status == PurchaseStatus.Lost ? kept
        : kept with { LostAt = null };
}
