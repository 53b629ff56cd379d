using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>
/// Makes the facts that a decision looks at, of a deal that is there as of one that is about to be opened: for pages, API, import and demo
/// alike.
/// </summary>
internal static class FactBuilder
{
    /// <param name="derived">What is not written but counted or worked out, by the keys of the facts; <paramref name="customer"/> likewise
    /// all of its customer.</param>
    public static DealFacts OfDeal(
        StoredDeal deal, IReadOnlyDictionary<string, Fact> derived, IReadOnlyDictionary<string, Fact> customer, FactCatalog catalog,
        DateOnly today, DateTimeOffset now)
    {
        var state = deal.State;
        var clock = state.EntryKnown
            ? state.EnteredStageAt.AddSeconds(state.PausedSeconds) + (state.StoppedAt is { } stopped ? now - stopped : TimeSpan.Zero)
            : (DateTimeOffset?)null;
        return Of(catalog, deal.Content.Values, derived, customer) with
        {
            Position = state.Position,
            EnteredStageAt = clock,
            Today = today
        };
    }

    /// <summary>Of a deal that is to be opened: nothing belongs to it yet.</summary>
    /// <param name="customer">By the keys of their facts; null: not said yet, so nothing is known of it.</param>
    /// <param name="from">Where the deal stands that it comes of; null: of none.</param>
    public static DealFacts OfOpening(CreationContext deal, IReadOnlyDictionary<string, Fact>? customer, Position? from,
        FactCatalog catalog) =>
        Of(catalog, deal.Content, AtFirst(catalog.DerivedOfDeal, deal), customer ?? new Dictionary<string, Fact>()) with
        {
            Position = from,
            Today = deal.Today
        };

    /// <summary>All that is known of a customer that is there.</summary>
    /// <param name="facts">What stands in columns of its own or is worked out.</param>
    public static IReadOnlyDictionary<string, Fact> OfCustomer(IReadOnlyDictionary<string, Fact> facts, FactValues custom,
        FactCatalog catalog) => facts.Concat(
        catalog.OfCustomer.Where(fact => fact.Custom is not null).Select(fact => KeyValuePair.Create(fact.Key, custom[fact.Key])))
        .ToDictionary();

    /// <summary>Of one that is about to be made, with what is written to it.</summary>
    public static IReadOnlyDictionary<string, Fact> OfNewCustomer(CreationContext customer, FactCatalog catalog) =>
        catalog.OfCustomer.Select(fact => KeyValuePair.Create(fact.Key, customer.Content[fact.Key]))
            .Concat(AtFirst(catalog.DerivedOfCustomer, customer)).ToDictionary();

    /// <summary>A written fact, an amount in its currency.</summary>
    public static Fact Of(FactDefinition fact, FactValues written) =>
        fact.CurrencyKey is { } currency ? FactColumns.WithCurrency(written[fact.Key], written.Text(currency)) : written[fact.Key];

    private static DealFacts Of(
        FactCatalog catalog, FactValues written, IEnumerable<KeyValuePair<string, Fact>> derived,
        IEnumerable<KeyValuePair<string, Fact>> customer)
    {
        var values = new Dictionary<string, Fact>(catalog.All.Count);
        foreach (var fact in catalog.OfDeal)
        {
            values[fact.Key] = Of(fact, written);
        }

        foreach (var fact in catalog.All.Where(fact => fact.Sql.Length == 0))
        {
            values[fact.Key] = Fact.Empty;
        }

        foreach (var (key, value) in derived.Concat(customer))
        {
            values[key] = value;
        }

        return new DealFacts(null, null, default, values) { Catalog = catalog };
    }

    private static IEnumerable<KeyValuePair<string, Fact>> AtFirst(IEnumerable<FactDefinition> facts, CreationContext one) =>
        facts.Select(fact => KeyValuePair.Create(fact.Key, fact.AtFirst!(one)));
}
