using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>How what was just written is shown, without reading it again.</summary>
internal static class DealViewMapping
{
    public static DealView View(this StoredDeal deal, Actor reader, FactCatalog catalog, DateTimeOffset now)
    {
        var (content, state) = (deal.Content, deal.State);
        return new DealView(
            deal.Id, deal.CustomerId, deal.CustomerName, content.Title, content.Amount, content.Currency,
            content.Values.Day(FieldKey.ExpectedClose), content.Source,
            content.OwnerId, deal.OwnerName, deal.Version, state.Stage, state.Outcome, state.EnteredStageAt, state.WonAt,
            content.LostReason, state.ClosedAt, deal.Cycle, Seen(deal.PreviousDealId, deal.PreviousOwner),
            Seen(deal.ReferredByDealId, deal.ReferrerOwner), deal.CreatedAt)
        {
            SecondsInStage = state.SecondsInStage(now),
            MayMove = content.ArchivedAt is null && reader.Moves.Contains(content.OwnerId),
            MayArchive = reader.Moves.Contains(content.OwnerId),
            ArchivedAt = content.ArchivedAt,
            Void = content.Void,
            Rank = deal.Rank,
            Fields = Fields(content.Values, catalog),
        };

        DealId? Seen(DealId? id, UserId? owner) => owner is { } of && reader.Sees.Contains(of) ? id : null;
    }

    /// <summary>Parts of one JSON document: one for each value would take three times the memory, for every card of every open
    /// board.</summary>
    private static JsonFieldDictionary Fields(FactValues values, FactCatalog catalog)
    {
        var written = catalog.OfDeal.Where(fact => !values[fact.Key].IsEmpty).ToList();
        var record = JsonSerializer.SerializeToElement(written.ToDictionary(fact => fact.Field, fact => values[fact.Key].Stored),
            WireNames.Json);
        return new JsonFieldDictionary(written.Select(fact => KeyValuePair.Create(fact.Field, record.GetProperty(fact.Field))));
    }

    public static TransitionView View(this TransitionWrite row, DealWrite write, MoveTransaction transaction,
        IReadOnlyList<ConditionResult> conditions)
    {
        var (from, to) = (write.Before?.State.Position, write.After.State.Position);
        return new TransitionView(
            row.Id, write.After.LastSeq, row.Kind, null, from?.Place, to.Place, from?.Stage, to.Stage, transaction.Now,
            transaction.Recorded,
            transaction.Actor.Id, transaction.Actor.Name, transaction.Actor.Channel, row.RuleSet,
            WithoutShadow(conditions),
            row.Override, row.ReasonCode, row.ReasonText, row.Applied.SecondsInStage, null)
        {
            MayUndo = row.Kind is not (MoveKind.Undo or MoveKind.Import),
        };
    }

    /// <summary>Without shadow conditions: whoever moves or reads never sees them.</summary>
    public static IReadOnlyList<ConditionResult> WithoutShadow(IEnumerable<ConditionResult> conditions) =>
        [.. conditions.Where(condition => condition.Mode != RequirementMode.Shadow)];
}
