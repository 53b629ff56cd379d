using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Puts what was read into the form that decisions look at.</summary>
internal static class DealFactsBuilder
{
    public static DealFacts Of(DealSnapshot snapshot, CustomerSnapshot customer, DateOnly today, DateTimeOffset now)
    {
        var state = snapshot.Deal.State;
        var clock = state.EntryKnown
            ? state.EnteredStageAt.AddSeconds(state.PausedSeconds) + (state.StoppedAt is { } stopped ? now - stopped : TimeSpan.Zero)
            : (DateTimeOffset?)null;
        var values = Content(snapshot.Deal.Content, snapshot.Deal.Cycle)
            .Concat(Customer(customer))
            .Concat(Belongings(snapshot.Deal.Content.Currency, snapshot.Quotes, snapshot.MaxDiscount, snapshot.Payments, snapshot.PaymentCount));
        return new DealFacts(state.Position, clock, today, values.ToDictionary());
    }

    /// <summary>Of a deal that is to be opened; nothing belongs to it yet.</summary>
    /// <param name="customer">Null: not given yet, so nothing is known of it.</param>
    public static DealFacts OfNew(DealContent content, int cycle, CustomerSnapshot? customer, Position? from, DateOnly today)
    {
        var values = Content(content, cycle).Concat(customer is null ? [] : Customer(customer)).Concat(Belongings(content.Currency, 0, null, 0, 0));
        return new DealFacts(from, null, today, values.ToDictionary());
    }

    public static Fact Amount(decimal? amount, string? currency) =>
        amount is { } known && currency is not null ? Fact.Of(new Money(known, currency)) : Fact.Of(amount);

    private static IEnumerable<KeyValuePair<string, Fact>> Content(DealContent content, int cycle) =>
    [
        new(FieldKey.Title, Fact.Of(content.Title)),
        new(FieldKey.Amount, Amount(content.Amount, content.Currency)),
        new(FieldKey.Currency, Fact.Of(content.Currency)),
        new(FieldKey.ExpectedClose, Fact.Of(content.ExpectedClose)),
        new(FieldKey.Source, Fact.Of(content.Source)),
        new(FieldKey.OwnerId, Fact.Of(content.OwnerId.ToString())),
        new(FieldKey.Cycle, Fact.Of((decimal?)cycle)),
        new(FieldKey.ReasonCode, Fact.Empty),
        new(FieldKey.ReasonText, Fact.Empty),
        new(FieldKey.CustomerId, Fact.Empty),
    ];

    private static IEnumerable<KeyValuePair<string, Fact>> Customer(CustomerSnapshot customer) =>
    [
        new(FieldKey.CustomerType, Fact.Of(customer.Type.ToWire())),
        new(FieldKey.CustomerEmail, Fact.Of(customer.Email)),
        new(FieldKey.CustomerPhone, Fact.Of(customer.Phone)),
        new(FieldKey.Contacts, Fact.Of((decimal?)customer.Contacts)),
        new(FieldKey.DecisionMakers, Fact.Of((decimal?)customer.DecisionMakers)),
    ];

    private static IEnumerable<KeyValuePair<string, Fact>> Belongings(string? currency, int quotes, decimal? discount, decimal payments, int paymentCount) =>
    [
        new(FieldKey.Quotes, Fact.Of((decimal?)quotes)),
        new(FieldKey.MaxDiscount, Fact.Of(discount)),
        new(FieldKey.Payments, currency is not null ? Fact.Of(new Money(payments, currency)) : paymentCount == 0 ? Fact.Of((decimal?)0) : Fact.Unknown),
        new(FieldKey.PaymentCount, Fact.Of((decimal?)paymentCount)),
    ];
}
