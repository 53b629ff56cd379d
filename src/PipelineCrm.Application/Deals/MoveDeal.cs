using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Moves a deal: the one way its stage or outcome changes (CONTRACT.md, POST deals/{id}/moves).</summary>
public static class MoveDeal
{
    public const int KeyLength = 200;

    /// <param name="To">May be null where the kind has only one target.</param>
    /// <param name="Version">The deal's version that the mover has seen.</param>
    /// <param name="CustomerId">For refer: the customer that the new deal is for.</param>
    /// <param name="IdempotencyKey">1 to 200 characters; the same key and body answer the same.</param>
    /// <param name="PlaceBefore">The card that it was dropped above; null: on top.</param>
    public sealed record Command(
        DealId Id,
        MoveKind Kind,
        Place? To,
        long Version,
        MoveFields Fields,
        MoveReason? Reason,
        Override? Override,
        CustomerId? CustomerId,
        string IdempotencyKey,
        DealId? PlaceBefore = null) : IRequest<Moved>
    {
        public static Access Access => Access.SignedIn;
    }
}

/// <summary>The answer of an accepted move or undo.</summary>
/// <param name="Created">The deal that repurchase or refer opened.</param>
/// <param name="Warnings">Failing conditions that warn or were overridden.</param>
public sealed record Moved(DealView Deal, TransitionView Transition, DealView? Created, IReadOnlyList<ConditionResult> Warnings);

/// <summary>Why a deal is lost or goes back.</summary>
/// <param name="Code">A loss reason's code.</param>
public sealed record MoveReason(string? Code, string? Text);

/// <summary>Fields written together with a move. A field that is not <see cref="Sent{T}.IsSent"/> is left as it is; one sent as null is emptied.</summary>
public sealed record MoveFields
{
    public static readonly MoveFields None = new();

    public Sent<decimal?> Amount { get; init; }
    public Sent<string?> Currency { get; init; }
    public Sent<DateOnly?> ExpectedClose { get; init; }
    public Sent<string?> Title { get; init; }
    public Sent<string?> Source { get; init; }
    public Sent<UserId?> OwnerId { get; init; }
}
