using PipelineCrm.Common;

namespace PipelineCrm.Deals;

/// <summary>Takes back a deal's latest transition by appending one that restores what was before (PRODUCT.md section 3, undo).</summary>
public static class UndoTransition
{
    /// <param name="Resolve">For fields that somebody changed since: keep the new value, or restore the old one.</param>
    public sealed record Command(long TransitionId, IReadOnlyDictionary<string, UndoChoice>? Resolve = null) : IRequest<Moved>
    {
        public static Access Access => Access.SignedIn;
    }
}

public enum UndoChoice
{
    Keep = 1,
    Restore = 2,
}
