namespace PipelineCrm.Domain;

/// <summary>Where a customer as a whole stands: the furthest open stage, else PostPurchase after a completed deal, else Lost, else
/// None.</summary>
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
public readonly record struct DealStanding(Stage Stage, Outcome Outcome, DateTimeOffset? WonAt, DateTimeOffset? ClosedAt,
    bool Counts = true);
