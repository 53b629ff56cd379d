using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>How what was just written is shown, without reading it again.</summary>
internal static class DealViews
{
    public static DealView View(this StoredDeal deal, Actor reader, DateTimeOffset now)
    {
        var (content, state) = (deal.Content, deal.State);
        return new DealView(
            deal.Id, deal.CustomerId, deal.CustomerName, content.Title, content.Amount, content.Currency, content.ExpectedClose, content.Source,
            content.OwnerId, deal.OwnerName, deal.Version, state.Stage, state.Outcome, state.EnteredStageAt, state.WonAt,
            content.LostReason, state.ClosedAt, deal.Cycle, deal.PreviousDealId, deal.ReferredByDealId, deal.CreatedAt)
        {
            SecondsInStage = state.SecondsInStage(now),
            MayMove = reader.Moves.Include(content.OwnerId),
        };
    }

    public static TransitionView View(this TransitionWrite row, DealWrite write, MoveScene scene, IReadOnlyList<ConditionResult> conditions)
    {
        var (from, to) = (write.Before?.State.Position, write.After.State.Position);
        return new TransitionView(
            row.Id, write.After.LastSeq, row.Kind, null, from?.Place, to.Place, from?.Stage, to.Stage, scene.Now, scene.Recorded,
            scene.Actor.Id, scene.ActorName, scene.Actor.Channel, row.RuleSet,
            Shown(conditions),
            row.Override, row.ReasonCode, row.ReasonText, row.Applied.SecondsInStage, null)
        {
            MayUndo = row.Kind is not (MoveKind.Undo or MoveKind.Import),
        };
    }

    /// <summary>Without shadow conditions: whoever moves or reads never sees them.</summary>
    public static IReadOnlyList<ConditionResult> Shown(IEnumerable<ConditionResult> conditions) =>
        [.. conditions.Where(condition => condition.Mode != RequirementMode.Shadow)];
}

/// <summary>What a transition keeps of the deal as it was, so that it can be taken back.</summary>
/// <param name="Fields">What the move itself wrote, before and after.</param>
/// <param name="Created">The deal that repurchase or refer opened.</param>
/// <param name="Referred">Whether refer made this customer the other's referrer.</param>
internal sealed record Undoable(
    DealState? State,
    string? Rank = null,
    string? LostReason = null,
    IReadOnlyDictionary<string, FieldChange>? Fields = null,
    Common.DealId? Created = null,
    bool Referred = false)
{
    public static Undoable Of(StoredDeal before, StoredDeal after, Common.DealId? created = null, bool referred = false)
    {
        var written = before.Content.Fields().Zip(after.Content.Fields())
            .Where(pair => FieldKey.OfMove.Contains(pair.First.Field) && pair.First.Value != pair.Second.Value)
            .ToDictionary(pair => pair.First.Field, pair => new FieldChange(Parse(pair.First.Value), Parse(pair.Second.Value)));
        return new Undoable(before.State, before.Rank, before.Content.LostReason, written, created, referred);
    }

    public string Json() => JsonSerializer.Serialize(this, WireNames.Json);

    private static JsonElement? Parse(string? json) => json is null ? null : JsonElement.Parse(json);
}

internal sealed record FieldChange(JsonElement? Before, JsonElement? After);
