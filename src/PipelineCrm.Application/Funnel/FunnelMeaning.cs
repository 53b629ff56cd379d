namespace PipelineCrm.Funnel;

/// <summary>What a funnel's n means; docs/domain.md.</summary>
public enum FunnelMeaning
{
    /// <summary>Deals whose first entry into the stage lies in the period, and how far they have come by now.</summary>
    Passed = 1,

    /// <summary>Open deals per stage at an instant.</summary>
    Snapshot = 2,

    Cohort = 3,

    Flow = 4,
}
