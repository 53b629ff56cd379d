using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Counts and sums of whole columns: from the stored totals where they can answer, else counted.</summary>
internal static class BoardTotals
{
    /// <summary>The stored totals, and the differences to them that are not applied yet.</summary>
    public const string AllKept = """
        (select stage, outcome, owner_id, currency, deals, amount from board_totals
         union all
         select stage, outcome, owner_id, currency, deals, amount from board_deltas)
        """;

    private const string Kept = $$"""
        select d.stage, d.outcome, d.currency, sum(d.deals)::bigint, sum(d.amount)
        from {{AllKept}} d
        where {0} group by 1, 2, 3
        """;

    private const string Counted = """
        select d.stage, d.outcome, case when d.amount is null then '   ' else d.currency end, count(*), coalesce(sum(d.amount), 0)
        from deals d
        where not d.void and d.archived_at is null and {0} group by 1, 2, 3
        """;

    /// <param name="Currency">Blank: deals without an amount.</param>
    internal sealed record Total(Stage Stage, Outcome Outcome, string Currency, long Deals, decimal Amount);

    /// <summary>The totals, there once the reads have run.</summary>
    public static IReadOnlyList<Total> AddTo(SqlBatch batch, BoardPredicate wanted)
    {
        var sql = (wanted.OnlyOwners ? Kept : Counted).Replace("{0}", wanted.Sql, StringComparison.Ordinal);
        var totals = new List<Total>();
        batch.QueryNamed(sql, wanted.AddTo, row =>
            totals.Add(new Total((Stage)row.GetInt16(0), (Outcome)row.GetInt16(1), row.GetString(2).Trim(), row.GetInt64(3),
                row.GetDecimal(4))));
        return totals;
    }

    public static IReadOnlyList<Money> Sums(IEnumerable<Total> totals) =>
        [.. totals.Where(total => total.Currency.Length > 0 && total.Deals > 0)
            .Select(total => new Money(total.Amount, total.Currency))
            .OrderByDescending(sum => sum.Amount)];

    /// <summary>A share of each sum, rounded half-even to its currency's decimals.</summary>
    public static IReadOnlyList<Money> Share(IEnumerable<Money> sums, decimal percent) =>
        [.. sums.Select(
            sum => sum with { Amount = decimal.Round(sum.Amount * percent / 100, Money.Decimals(sum.Currency), MidpointRounding.ToEven) })];
}
