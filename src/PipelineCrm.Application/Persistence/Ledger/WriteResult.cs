namespace PipelineCrm.Persistence.Ledger;

/// <summary>How a write ended.</summary>
internal enum WriteResult
{
    Written = 1,

    /// <summary>The deal has another version by now.</summary>
    VersionConflict = 2,

    /// <summary>The idempotency key went to another request meanwhile.</summary>
    KeyReused = 3,
}
