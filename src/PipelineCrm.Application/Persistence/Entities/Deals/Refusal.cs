using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>The permanent record of a requested move that was refused.</summary>
internal sealed class Refusal
{
    public long Id { get; init; }
    public DealId? DealId { get; init; }
    public CustomerId? CustomerId { get; init; }
    public MoveKind Kind { get; init; }
    public Place? ToPlace { get; init; }
    public DateTimeOffset OccurredAt { get; init; }
    public UserId? ByUser { get; init; }
    public Channel Channel { get; init; }
    public int RuleSet { get; init; }
    public required string Verdict { get; init; }
}
