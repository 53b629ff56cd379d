using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>Everything that one accepted move or undo writes, in one statement.</summary>
/// <param name="OccurredAt">When it counts as having happened: now, but for demo and import.</param>
/// <param name="RecordedAt">The database's transaction time.</param>
internal sealed record LedgerBatch(
    Actor Actor,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    IReadOnlyList<DealWrite> Deals,
    IReadOnlyList<StatusWrite> Statuses,
    IdempotencyWrite? Answer = null);

/// <summary>A deal as it was and as it becomes, with the transition that says why; without one only fields change.</summary>
/// <param name="Before">Null: the deal is opened.</param>
internal sealed record DealWrite(StoredDeal? Before, StoredDeal After, TransitionWrite? Transition);

/// <summary>A customer's status or referrer that changes with the move.</summary>
/// <param name="TransitionId">Null where archiving or restoring a deal brought it: that is no transition.</param>
internal sealed record StatusWrite(CustomerId Customer, CustomerState Before, CustomerState After, long? TransitionId);

internal sealed record CustomerState(CustomerStanding Standing, CustomerId? Referrer);

/// <summary>The answer stored for the same request sent again.</summary>
internal sealed record IdempotencyWrite(UserId User, string Key, byte[] BodyHash, string Json);
