namespace PipelineCrm.Domain;

/// <summary>Keys of the facts that code names; all facts are declared in <see cref="BuiltInFacts"/>.</summary>
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

    /// <summary>How many quotes the deal has that were not withdrawn.</summary>
    public const string Quotes = "quotes";

    /// <summary>How many of them are valid: with no last day, or one that is today or later in the organisation's zone.</summary>
    public const string ValidQuotes = "quotes.valid";

    /// <summary>The highest discount of any quote line, in percent; empty without a line.</summary>
    public const string MaxDiscount = "maxDiscount";

    /// <summary>Sum of the payments in the deal's currency whose day has come; 0 without one.</summary>
    public const string Payments = "payments";

    public const string PaymentCount = "paymentCount";

    /// <summary>How many contacts the customer has.</summary>
    public const string Contacts = "contacts";

    /// <summary>How many of the customer's contacts are decision makers.</summary>
    public const string DecisionMakers = "decisionMakers";

    public const string CustomerType = "customer.type";
    public const string CustomerEmail = "customer.email";
    public const string CustomerPhone = "customer.phone";
    public const string CustomerName = "customer.name";
    public const string CustomerStatus = "customer.status";
}
