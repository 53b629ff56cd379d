using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>What a decision looks at of a deal: its row and what belongs to it.</summary>
/// <param name="CustomerArchived">Whether its own customer is archived: then it stands still.</param>
/// <param name="Quotes">None that was withdrawn; likewise payments.</param>
/// <param name="ValidQuotes">Those that say no last day, or one that has not passed.</param>
/// <param name="Payments">Sum of those in the deal's currency whose day has come.</param>
internal sealed record DealSide(StoredDeal Deal, bool CustomerArchived, int Quotes, int ValidQuotes, decimal? MaxDiscount, decimal Payments, int PaymentCount)
{
    /// <summary>The day in the organisation's zone; $3 is the instant that what happens is said to happen at, null: now.</summary>
    private const string Today = "(coalesce($3, transaction_timestamp()) at time zone (select time_zone from settings))::date";

    private const string Paid = $"p.deal_id = d.id and p.withdrawn_at is null and (p.paid_at is null or p.paid_at <= {Today})";

    private const string Sql = $"""
        select {StoredDeal.Columns}, c.archived_at is not null,
               (select count(*)::integer from quotes q where q.deal_id = d.id and q.withdrawn_at is null),
               (select count(*)::integer from quotes q where q.deal_id = d.id and q.withdrawn_at is null and (q.valid_until is null or q.valid_until >= {Today})),
               (select max(l.discount_percent) from quotes q join quote_lines l on l.quote_id = q.id where q.deal_id = d.id and q.withdrawn_at is null),
               coalesce((select sum(p.amount) from payments p where {Paid} and p.currency = d.currency), 0),
               (select count(*)::integer from payments p where {Paid})
        from {DealRow.From}
        where {Ownership.DealIsSeen}
        """;

    /// <summary>Why nothing about it moves, where it or its customer is archived.</summary>
    public Problem? Archived =>
        Deal.Content.ArchivedAt is not null ? new Problem(ProblemCode.Archived, DealText.ArchivedDeal)
        : CustomerArchived ? new Problem(ProblemCode.Archived, DealText.ArchivedCustomer)
        : null;

    /// <summary>Ownership is part of the query: what the actor does not see is not there.</summary>
    /// <param name="past">When what happens is said to happen; null: now.</param>
    public static void AddTo(Reads reads, DealId id, Owners sees, DateTimeOffset? past, Action<DealSide> found) => reads.Add(
        Sql,
        row => found(new DealSide(
            StoredDeal.Read(row),
            row.GetBoolean(StoredDeal.Width),
            row.GetInt32(StoredDeal.Width + 1),
            row.GetInt32(StoredDeal.Width + 2),
            row.Maybe<decimal>(StoredDeal.Width + 3),
            Money.Plain(row.GetDecimal(StoredDeal.Width + 4)),
            row.GetInt32(StoredDeal.Width + 5))),
        id.Value,
        Reads.Or(sees.Ids),
        Reads.Or(past));
}

/// <summary>Puts what was read into the form that decisions look at.</summary>
internal static class FactsOfDeal
{
    public static DealFacts Of(DealSide side, CustomerSide customer, DateOnly today, DateTimeOffset now)
    {
        var state = side.Deal.State;
        var clock = state.EntryKnown
            ? state.EnteredStageAt.AddSeconds(state.PausedSeconds) + (state.StoppedAt is { } stopped ? now - stopped : TimeSpan.Zero)
            : (DateTimeOffset?)null;
        var values = Content(side.Deal.Content, side.Deal.Cycle)
            .Concat(Customer(customer))
            .Concat(Belongings(side.Deal.Content.Currency, side.Quotes, side.ValidQuotes, side.MaxDiscount, side.Payments, side.PaymentCount));
        return new DealFacts(state.Position, clock, today, values.ToDictionary());
    }

    /// <summary>Of a deal that is to be opened; nothing belongs to it yet.</summary>
    /// <param name="customer">Null: not said yet, so nothing is known of it.</param>
    public static DealFacts OfNew(DealContent content, int cycle, CustomerSide? customer, Position? from, DateOnly today)
    {
        var values = Content(content, cycle).Concat(customer is null ? [] : Customer(customer)).Concat(Belongings(content.Currency, 0, 0, null, 0, 0));
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

    private static IEnumerable<KeyValuePair<string, Fact>> Customer(CustomerSide customer) =>
    [
        new(FieldKey.CustomerType, Fact.Of(customer.Type.ToWire())),
        new(FieldKey.CustomerEmail, Fact.Of(customer.Email)),
        new(FieldKey.CustomerPhone, Fact.Of(customer.Phone)),
        new(FieldKey.Contacts, Fact.Of((decimal?)customer.Contacts)),
        new(FieldKey.DecisionMakers, Fact.Of((decimal?)customer.DecisionMakers)),
    ];

    private static IEnumerable<KeyValuePair<string, Fact>> Belongings(
        string? currency, int quotes, int validQuotes, decimal? discount, decimal payments, int paymentCount) =>
    [
        new(FieldKey.Quotes, Fact.Of((decimal?)quotes)),
        new(FieldKey.ValidQuotes, Fact.Of((decimal?)validQuotes)),
        new(FieldKey.MaxDiscount, Fact.Of(discount)),
        new(FieldKey.Payments, currency is not null ? Fact.Of(new Money(payments, currency)) : paymentCount == 0 ? Fact.Of((decimal?)0) : Fact.Unknown),
        new(FieldKey.PaymentCount, Fact.Of((decimal?)paymentCount)),
    ];
}
