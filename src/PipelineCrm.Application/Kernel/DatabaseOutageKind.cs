namespace PipelineCrm.Kernel;

/// <summary>Why the database could not do what it was asked, though nothing is wrong with what it was asked.</summary>
internal enum DatabaseOutageKind
{
    /// <summary>It cannot be reached, or the connection broke.</summary>
    Away,

    /// <summary>It has no room left on its disk.</summary>
    StorageFull,

    /// <summary>It takes no changes, e.g. a standby.</summary>
    ReadOnly,

    /// <summary>It ran out of time, of connections or of memory, or somebody else held what was needed. Nothing was changed.</summary>
    Busy,
}
