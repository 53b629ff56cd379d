namespace PipelineCrm.Domain;

/// <summary>Keys of the facts that a decision can look at.</summary>
public static class FieldKey
{
    public const string Title = "title";
    public const string Amount = "amount";
    public const string Currency = "currency";
    public const string ExpectedClose = "expectedClose";
    public const string Source = "source";
    public const string OwnerId = "ownerId";
    public const string Cycle = "cycle";
    public const string DaysInStage = "daysInStage";

    public const string ReasonCode = "reason.code";
    public const string ReasonText = "reason.text";
    public const string CustomerId = "customerId";

    /// <summary>How many quotes the deal has.</summary>
    public const string Quotes = "quotes";

    /// <summary>The highest discount of any quote line, in percent; empty without a line.</summary>
    public const string MaxDiscount = "maxDiscount";

    /// <summary>Sum of the payments in the deal's currency; 0 without one.</summary>
    public const string Payments = "payments";

    public const string PaymentCount = "paymentCount";

    /// <summary>How many contacts the customer has.</summary>
    public const string Contacts = "contacts";

    /// <summary>How many of the customer's contacts are decision makers.</summary>
    public const string DecisionMakers = "decisionMakers";

    public const string CustomerType = "customer.type";
    public const string CustomerEmail = "customer.email";
    public const string CustomerPhone = "customer.phone";

    /// <summary>What a move may carry in its <c>fields</c>.</summary>
    public static readonly IReadOnlySet<string> OfMove = new HashSet<string> { Amount, Currency, ExpectedClose, Title, Source, OwnerId };

    /// <summary>What else a request itself can bring.</summary>
    public static readonly IReadOnlySet<string> OfRequest = new HashSet<string> { ReasonCode, ReasonText, CustomerId };
}
