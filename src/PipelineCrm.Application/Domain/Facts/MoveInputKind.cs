namespace PipelineCrm.Domain;

/// <summary>What a move may bring along.</summary>
public enum MoveInputKind
{
    /// <summary>No move brings it.</summary>
    Never = 0,

    /// <summary>One of its <c>fields</c>.</summary>
    Field = 1,

    /// <summary>Why it is made; a deal is opened without a reason.</summary>
    Reason = 2,

    /// <summary>Who was referred.</summary>
    Referred = 3,
}
