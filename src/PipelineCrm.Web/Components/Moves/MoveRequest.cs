using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components.Board;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>A move that somebody asked for on a page.</summary>
/// <param name="Spot">Where in its column it was dropped; null: on top.</param>
/// <param name="Known">The verdict that was already fetched for it, if any.</param>
public sealed record MoveRequest(DealView Deal, MoveKind Kind, Place To, Channel Channel, Neighbours? Spot = null, Verdict? Known = null)
{
    /// <summary>Makes it once: sent again, it answers the same. The browser gives it where it remembers the move already.</summary>
    public string Key { get; init; } = Guid.NewGuid().ToString("N");

    /// <summary>The key that a half-typed form of this move is stored under.</summary>
    public string Subject => SubjectOf(Deal.Id, To);

    public static string SubjectOf(DealId deal, Place to) => $"{deal} {to.ToWire()}";
}
