using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>A row of the ledger; deal, number, places and instants come from the deal that it belongs to.</summary>
/// <param name="Before">JSON: what the deal was before, for undo.</param>
internal sealed record TransitionWrite(
    long Id,
    MoveKind Kind,
    string Before,
    TransitionEffect Applied,
    int RuleSet,
    string Conditions = "[]",
    Override? Override = null,
    string? ReasonCode = null,
    string? ReasonText = null,
    string? IdempotencyKey = null,
    long? Undoes = null);
