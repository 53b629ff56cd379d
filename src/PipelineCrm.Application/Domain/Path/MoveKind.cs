namespace PipelineCrm.Domain;

/// <summary>What a move does.</summary>
public enum MoveKind
{
    Create = 1,
    Advance = 2,
    Skip = 3,
    Back = 4,
    Lose = 5,
    Reopen = 6,
    Complete = 7,
    Repurchase = 8,
    Refer = 9,
    Undo = 10,

    /// <summary>A transition recorded from a file: history, not judged.</summary>
    Import = 11,
}
