namespace PipelineCrm.Domain;

/// <summary>A customer's purchase status with what belongs to it.</summary>
/// <param name="LostFrom">Where <paramref name="Status"/> is Lost: the stage that the latest deal was lost from.</param>
/// <param name="LostAt">And when.</param>
/// <param name="Returning">Whether any deal was won.</param>
public sealed record CustomerStanding(PurchaseStatus Status, Stage? LostFrom, DateTimeOffset? LostAt, bool Returning)
{
    public static readonly CustomerStanding None = new(PurchaseStatus.None, null, null, false);

    /// <summary>The status that follows from all of a customer's deals. A placeholder has none.</summary>
    public static CustomerStanding Of(IEnumerable<DealStanding> deals, bool placeholder = false)
    {
        var counting = placeholder ? [] : deals.Where(deal => deal.Counts).ToList();
        var open = counting.Where(deal => deal.Outcome == Outcome.Open).ToList();
        var returning = counting.Exists(deal => deal.WonAt is not null);
        if (open.Count > 0)
        {
            return new((PurchaseStatus)(int)open.Max(deal => deal.Stage), null, null, returning);
        }

        if (counting.Exists(deal => deal.Outcome == Outcome.Completed))
        {
            return new(PurchaseStatus.PostPurchase, null, null, returning);
        }

        if (counting.Count == 0)
        {
            return None;
        }

        var latest = counting.OrderByDescending(deal => deal.ClosedAt).ThenByDescending(deal => deal.Stage).First();
        return new(PurchaseStatus.Lost, latest.Stage, latest.ClosedAt, returning);
    }
}
