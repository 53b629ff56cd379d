using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a decision looks at of a deal: its row and what belongs to it.</summary>
/// <param name="CustomerArchived">Whether its own customer is archived: then it stands still.</param>
/// <param name="Payments">Sum of those in the deal's currency.</param>
internal sealed record DealSnapshot(StoredDeal Deal, bool CustomerArchived, int Quotes, decimal? MaxDiscount, decimal Payments, int PaymentCount)
{
    private const string Sql = $"""
        select {StoredDeal.Columns}, c.archived_at is not null,
               (select count(*)::integer from quotes q where q.deal_id = d.id),
               (select max(l.discount_percent) from quotes q join quote_lines l on l.quote_id = q.id where q.deal_id = d.id),
               coalesce((select sum(p.amount) from payments p where p.deal_id = d.id and p.currency = d.currency), 0),
               (select count(*)::integer from payments p where p.deal_id = d.id)
        from {DealViewSql.From}
        where {DealOwnership.DealIsVisible}
        """;

    /// <summary>Why nothing about it moves, where it or its customer is archived.</summary>
    public Problem? Archived =>
        Deal.Content.ArchivedAt is not null ? new Problem(ProblemCode.Archived, DealMessages.ArchivedDeal)
        : CustomerArchived ? new Problem(ProblemCode.Archived, DealMessages.ArchivedCustomer)
        : null;

    /// <summary>Ownership is part of the query: what the actor does not see is not there.</summary>
    public static void AddTo(SqlBatch batch, DealId id, OwnerSet sees, Action<DealSnapshot> found) => batch.Query(
        Sql,
        row => found(new DealSnapshot(
            StoredDeal.Read(row),
            row.GetBoolean(StoredDeal.Width),
            row.GetInt32(StoredDeal.Width + 1),
            row.GetOrNull<decimal>(StoredDeal.Width + 2),
            Money.Plain(row.GetDecimal(StoredDeal.Width + 3)),
            row.GetInt32(StoredDeal.Width + 4))),
        id.Value,
        SqlBatch.OrNull(sees.Ids));
}
