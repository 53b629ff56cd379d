namespace PipelineCrm.Deals;

/// <summary>Fields that are written to a deal: with a move, when it is opened, or by themselves.</summary>
public sealed class MoveFields : SubmittedFieldValues
{
    /// <summary>Nothing is written.</summary>
    public static MoveFields None => new();
}
