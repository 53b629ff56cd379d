using PipelineCrm.Deals;

namespace PipelineCrm.Web.Components.Board;

/// <summary>A deal as it lies on the board.</summary>
/// <param name="Pending">Moved here, not yet confirmed.</param>
/// <param name="WaitsFor">How many fields are being asked for.</param>
public sealed record CardState(DealView Deal, bool Pending = false, int WaitsFor = 0)
{
    /// <summary>Whether it shows the deal as it is, but for the clock, which nobody sees run.</summary>
    public bool Shows(DealView deal) => !Pending && WaitsFor == 0 && Deal == deal with { SecondsInStage = Deal.SecondsInStage };
}
