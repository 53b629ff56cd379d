namespace PipelineCrm.Domain;

/// <summary>The move that somebody wants.</summary>
/// <param name="To">The target; may be null where the kind has only one (lose, complete, reopen, repurchase, refer).</param>
/// <param name="Fields">What is sent with it, by field key, merged into the facts before deciding: also <c>reason.code</c>,
/// <c>reason.text</c>, <c>customerId</c>.</param>
public sealed record RequestedMove(
    MoveKind Kind,
    Place? To,
    IReadOnlyDictionary<string, Fact> Fields,
    Override? Override = null);
