using System.Text.Json;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>What somebody can do about a fact that a rule found wanting.</summary>
/// <param name="Field">The fact's key; in an address it says what to open.</param>
/// <param name="Outstanding">What a payment would have to bring, where that is known.</param>
public sealed record Remedy(string Field, Money? Outstanding = null)
{
    /// <summary>In the address of a page: what to open there.</summary>
    public const string Parameter = "do";

    private const string CustomerPrefix = "customer.";

    public bool IsQuote => Field is FieldKey.Quotes or FieldKey.ValidQuotes or FieldKey.MaxDiscount;

    public bool IsPayment => Field is FieldKey.Payments or FieldKey.PaymentCount;

    public bool IsContact => Field is FieldKey.Contacts or FieldKey.DecisionMakers;

    public bool IsOfCustomer => !IsContact && Field.StartsWith(CustomerPrefix, StringComparison.Ordinal);

    /// <summary>One deed for everything that is in the way and can be mended by somebody who writes something down.</summary>
    /// <param name="facts">Those there are; of them people write some.</param>
    public static IReadOnlyList<Remedy> For(IEnumerable<ConditionResult> inTheWay, DealView deal, IReadOnlyList<FactView> facts) =>
    [
        .. inTheWay.Select(one => new Remedy(one.Field == FieldKey.Currency ? FieldKey.Amount : one.Field, OutstandingOf(one, deal)))
            .Where(remedy => remedy.IsQuote || remedy.IsPayment || remedy.IsContact
                || facts.Any(fact => fact.Key == remedy.Field && fact.Writable))
            .DistinctBy(remedy => remedy.Field),
    ];

    /// <summary>The page where it is done, with what it opens.</summary>
    public string AddressFor(DealView deal) => IsOfCustomer ? $"/customers/{deal.CustomerId}?{Parameter}=edit"
        : $"/deals/{deal.Id}?{Parameter}={Field}";

    private static Money? OutstandingOf(ConditionResult one, DealView deal)
    {
        if (one.Field != FieldKey.Payments || one.Operator is not (Operator.Gte or Operator.Eq) || deal.Currency is not { } currency)
        {
            return null;
        }

        var wanted = one.Wanted switch
        {
            { ValueKind: JsonValueKind.Number } number => number.GetDecimal(),
            { ValueKind: JsonValueKind.Object } other
                when other.TryGetProperty("field", out var field) && field.GetString() == FieldKey.Amount => deal.Amount,
            _ => null,
        };
        var missing = wanted - (one.Found is { ValueKind: JsonValueKind.Number } found ? found.GetDecimal() : 0);
        return missing > 0 ? new Money(missing.Value, currency) : null;
    }
}
