namespace PipelineCrm.Timeline;

/// <summary>Which part of a history is wanted.</summary>
public enum TimelinePart
{
    All = 0,

    /// <summary>Transitions and refused moves.</summary>
    Moves = 1,

    /// <summary>Whatever changed a fact, the moves that wrote some included.</summary>
    Changes = 2,
}
