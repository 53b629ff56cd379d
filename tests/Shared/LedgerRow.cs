using PipelineCrm.Domain;

namespace PipelineCrm.TestSupport;

/// <summary>A transition as the tests write it.</summary>
public sealed record LedgerRow(
    int Seq, MoveKind Kind, Position? From, Position To, DateTimeOffset At, Stage? CountedFrom, Stage? CountedTo, int? Undoes,
    string? Reason, long? SecondsInStage, bool EntryKnown);
