using PipelineCrm.Domain;
using PipelineCrm.Timeline;

namespace PipelineCrm.Deals;

/// <summary>One entry of a deal's history: a transition with the facts it wrote, a refused move, or the facts that one person changed at
/// once.</summary>
/// <param name="OccurredAt">Differs from <paramref name="RecordedAt"/> for imports and the demo only.</param>
public sealed record DealHistoryItem(
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    UserId? By,
    string? ByName,
    Channel Channel,
    TransitionView? Transition,
    RefusalView? Refusal,
    IReadOnlyList<FactChange> Changes);
