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

public enum CustomerType
{
    Person = 1,
    Organisation = 2,
}

public enum PaymentMethod
{
    Transfer = 1,
    Card = 2,
    Cheque = 3,
    Cash = 4,
    Wallet = 5,
    LetterOfCredit = 6,
}
