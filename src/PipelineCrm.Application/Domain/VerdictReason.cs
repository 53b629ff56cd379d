namespace PipelineCrm.Domain;

/// <summary>Why a move was not simply allowed.</summary>
public enum VerdictReason
{
    None = 0,

    /// <summary>No rule can ever allow it: it is not a move of the machine.</summary>
    Impossible = 1,

    /// <summary>The machine knows it, the rule set in force does not have it on.</summary>
    SwitchedOff = 2,

    /// <summary>It is on, but not for this role.</summary>
    Role = 3,

    /// <summary>Conditions decide; they say which.</summary>
    Conditions = 4,
}
