using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Demo;

internal sealed record MoveStep(DateTimeOffset At, int By, int Deal, MoveKind Kind, Place? To) : DemoStep(At, By)
{
    public MoveFields Fields { get; init; } = MoveFields.None;

    public string? ReasonCode { get; init; }

    public string? ReasonText { get; init; }

    public bool Overrides { get; init; }

    /// <summary>The deal that repurchase and refer open.</summary>
    public int? Opens { get; init; }

    /// <summary>For refer: whom the new deal is for.</summary>
    public int? Customer { get; init; }
}
