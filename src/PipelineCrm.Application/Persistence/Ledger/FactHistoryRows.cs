using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>One changed field, as JSON before and after.</summary>
internal sealed record HistoryRow(string Entity, string EntityId, string Field, string? Before, string? After, long? TransitionId,
    Guid? DealId, long? Version);

/// <summary>What of a batch of moves goes into the history of facts. Stages and clocks are in the ledger already.</summary>
internal static class FactHistoryRows
{
    public static IEnumerable<HistoryRow> Of(LedgerBatch moves,
        FactCatalog catalog) => moves.Deals.SelectMany(write => OfDeal(write, catalog)).Concat(moves.Statuses.SelectMany(OfCustomer));

    private static IEnumerable<HistoryRow> OfDeal(DealWrite write, FactCatalog catalog)
    {
        var before = Facts(write.Before, catalog).ToDictionary();
        return Facts(write.After, catalog)
            .Where(fact => before.GetValueOrDefault(fact.Key) != fact.Value)
            .Select(fact => new HistoryRow(
                "deal", write.After.Id.ToString(), fact.Key, before.GetValueOrDefault(fact.Key), fact.Value, write.Transition?.Id,
                write.After.Id.Value, write.After.Version));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Facts(StoredDeal? deal, FactCatalog catalog) => deal is null
        ? []
        :
        [
            .. deal.Content.Fields(catalog).Select(field => KeyValuePair.Create(field.Field, field.Value)),
            KeyValuePair.Create("customerId", Json(deal.CustomerId)),
            KeyValuePair.Create("cycle", Json(deal.Cycle)),
            KeyValuePair.Create("previousDealId", Json(deal.PreviousDealId)),
            KeyValuePair.Create("referredByDealId", Json(deal.ReferredByDealId)),
        ];

    private static IEnumerable<HistoryRow> OfCustomer(StatusWrite write) =>
        Facts(write.Before).Zip(Facts(write.After))
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new HistoryRow("customer", write.Customer.ToString(), pair.First.Field, pair.First.Value, pair.Second.Value,
                write.TransitionId, null, null));

    private static IEnumerable<(string Field, string? Value)> Facts(CustomerState state) =>
    [
        ("status", Json(state.Standing.Status)),
        ("statusStage", Json(state.Standing.LostFrom)),
        ("statusSince", Json(state.Standing.LostAt)),
        ("returning", Json(state.Standing.Returning)),
        ("referrerId", Json(state.Referrer)),
    ];

    private static string? Json<T>(T value) => value is null ? null : JsonSerializer.Serialize(value, WireNames.Json);
}
