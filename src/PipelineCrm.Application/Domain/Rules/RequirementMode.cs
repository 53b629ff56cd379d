namespace PipelineCrm.Domain;

/// <summary>What a failing requirement does.</summary>
public enum RequirementMode
{
    /// <summary>False or unknown stops the move.</summary>
    Block = 1,

    /// <summary>Shown and recorded; does not stop.</summary>
    Warn = 2,

    /// <summary>Recorded, never shown to the mover, never stops.</summary>
    Shadow = 3,
}
