namespace PipelineCrm.Domain;

/// <summary>Where a customer as a whole stands: the furthest open stage, else PostPurchase after a completed deal, else Lost, else None.</summary>
public enum PurchaseStatus
{
    None = 0,
    Awareness = 1,
    Consideration = 2,
    Decision = 3,
    Purchase = 4,
    PostPurchase = 5,
    Lost = 6,
}

/// <summary>What kind of buyer a customer is.</summary>
public enum CustomerType
{
    Person = 1,
    Organisation = 2,
}

/// <summary>How a payment came in.</summary>
public enum PaymentMethod
{
    Transfer = 1,
    Card = 2,
    Cheque = 3,
    Cash = 4,
    Wallet = 5,
    LetterOfCredit = 6,
}

/// <summary>What of one deal bears on its customer's status.</summary>
/// <param name="Counts">False for void and archived deals.</param>
public readonly record struct DealStanding(Stage Stage, Outcome Outcome, DateTimeOffset? WonAt, DateTimeOffset? ClosedAt, bool Counts = true);

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
