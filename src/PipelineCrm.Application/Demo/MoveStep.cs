using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

internal sealed record MoveStep(DateTimeOffset At, int By, int Deal, MoveKind Kind, Place? To) : DemoStep(At, By)
{
    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public DateOnly? ExpectedClose { get; init; }

    public string? ReasonCode { get; init; }

    public string? ReasonText { get; init; }

    public bool Overrides { get; init; }

    /// <summary>The deal that repurchase and refer open.</summary>
    public int? Opens { get; init; }

    /// <summary>For refer: whom the new deal is for.</summary>
    public int? Customer { get; init; }

    public string? Title { get; init; }
}
