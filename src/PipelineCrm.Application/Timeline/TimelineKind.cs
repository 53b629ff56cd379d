namespace PipelineCrm.Timeline;

internal enum TimelineKind : short
{
    /// <summary>Its number: that of its last row.</summary>
    Change = 0,

    /// <summary>Its number: its own id.</summary>
    Refusal = 1,

    /// <summary>Its number: the transition's.</summary>
    Move = 2,
}
