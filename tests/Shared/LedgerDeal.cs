using PipelineCrm.Domain;

namespace PipelineCrm.TestSupport;

/// <summary>A value of a fact from an instant on; null: empty.</summary>
public sealed record LedgerFact(string Field, object? Value, DateTimeOffset At);

/// <summary>A deal with its whole past, moved as docs/domain.md says, for writing into the database and for counting by hand.</summary>
public sealed class LedgerDeal
{
    private readonly Stack<(LedgerRow Row, DealState? Before)> _holding = new();
    private readonly List<LedgerRow> _rows = [];
    private readonly List<LedgerFact> _facts = [];
    private DealState? _state;

    public LedgerDeal(Guid owner, Stage stage, DateTimeOffset at, bool dateKnown = true)
    {
        Owner = owner;
        CreatedAt = at;
        DateKnown = dateKnown;
        _facts.Add(new LedgerFact("ownerId", owner, at));
        Append(MoveKind.Create, new Position(stage, Outcome.Open), at, null);
    }

    public Guid Id { get; } = Guid.CreateVersion7();

    public DateTimeOffset CreatedAt { get; }

    /// <summary>False: its creation was imported without a date.</summary>
    public bool DateKnown { get; }

    public Guid Owner { get; private set; }

    public string? Source { get; private set; }

    public decimal? Amount { get; private set; }

    public string? Currency { get; private set; }

    public DateTimeOffset? ArchivedAt { get; private set; }

    public IReadOnlyList<LedgerRow> Rows => _rows;

    public IReadOnlyList<LedgerFact> Facts => _facts;

    public DealState Now => _state!;

    public string? LostReason { get; private set; }

    public bool MayUndo => _holding.Count > 0;

    public bool Void { get; private set; }

    public LedgerDeal To(Stage stage, DateTimeOffset at) =>
        Move(stage < Now.Position.Stage ? MoveKind.Back : stage == Now.Position.Stage + 1 ? MoveKind.Advance : MoveKind.Skip,
            new Position(stage, Outcome.Open), at);

    public LedgerDeal Lose(DateTimeOffset at,
        string? reason = null) => Move(MoveKind.Lose, Now.Position with { Outcome = Outcome.Lost }, at, reason);

    public LedgerDeal Reopen(DateTimeOffset at) => Move(MoveKind.Reopen, Now.Position with { Outcome = Outcome.Open }, at);

    public LedgerDeal Complete(DateTimeOffset at) => Move(MoveKind.Complete, Now.Position with { Outcome = Outcome.Completed }, at);

    public LedgerDeal Undo(DateTimeOffset at)
    {
        var (row, before) = _holding.Pop();
        var back = before?.Position ?? Now.Position;
        _rows.Add(new LedgerRow(_rows.Count + 1, MoveKind.Undo, Now.Position, back, at, null, null, row.Seq, null, null, true));
        Void = before is null;
        _state = before ?? _state;
        LostReason = Now.Position.Outcome == Outcome.Lost ? _holding.Peek().Row.Reason : null;
        return this;
    }

    public LedgerDeal Worth(decimal? amount, string? currency, DateTimeOffset at)
    {
        _facts.Add(new LedgerFact("amount", amount, at));
        _facts.Add(new LedgerFact("currency", currency, at));
        (Amount, Currency) = (amount, currency);
        return this;
    }

    public LedgerDeal From(string source, DateTimeOffset at)
    {
        _facts.Add(new LedgerFact("source", source, at));
        Source = source;
        return this;
    }

    public LedgerDeal GiveTo(Guid owner, DateTimeOffset at)
    {
        _facts.Add(new LedgerFact("ownerId", owner, at));
        Owner = owner;
        return this;
    }

    public LedgerDeal Archive(bool archived, DateTimeOffset at)
    {
        ArchivedAt = archived ? at : null;
        _facts.Add(new LedgerFact("archivedAt", ArchivedAt, at));
        return this;
    }

    private LedgerDeal Move(MoveKind kind, Position to, DateTimeOffset at, string? reason = null)
    {
        Append(kind, to, at, reason);
        return this;
    }

    private void Append(MoveKind kind, Position to, DateTimeOffset at, string? reason)
    {
        var applied = PurchasePath.Apply(_state, to, at, _state is not null || DateKnown);
        var row = new LedgerRow(
            _rows.Count + 1, kind, _state?.Position, to, at, applied.CountedFrom, applied.CountedTo, null, reason, applied.SecondsInStage,
            _state is not null || DateKnown);
        _rows.Add(row);
        _holding.Push((row, _state));
        _state = applied.State;
        LostReason = to.Outcome == Outcome.Lost ? reason : null;
    }
}
