using System.Threading.Channels;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.Live;

/// <summary>What somebody follows: changes that they may see, in order, each at least once. It ends when it is disposed of.</summary>
public sealed class ChangeSubscription : IDisposable
{
    /// <summary>Who takes nothing for so many changes starts over instead of keeping more of them.</summary>
    internal const int Capacity = 500;

    private static readonly Change WakeUp = new(0, "", "", null, null, ChangeKind.Touched, null, 0);

    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly TimeProvider _time;
    private readonly Action<ChangeSubscription> _leave;
    private OwnerSet _sees = OwnerSet.None;
    private int _over;

    internal ChangeSubscription(TimeProvider time, Action<ChangeSubscription> leave) => (_time, _leave) = (time, leave);

    /// <summary>Waits for changes and, from the first on, for so long for more of them.</summary>
    /// <returns>Null: it has ended.</returns>
    public async Task<ChangeBatch?> Next(TimeSpan gather, CancellationToken ct = default)
    {
        if (!await _changes.Reader.WaitToReadAsync(ct))
        {
            return null;
        }

        if (gather > TimeSpan.Zero)
        {
            await Task.Delay(gather, _time, ct);
        }

        var items = new List<Change>();
        while (_changes.Reader.TryRead(out var change))
        {
            if (!ReferenceEquals(change, WakeUp))
            {
                items.Add(change);
            }
        }

        var heard = new ChangeBatch(items, StartOver: false);
        return Interlocked.Exchange(ref _over, 0) == 1 ? heard with { Items = [], StartOver = true } : heard;
    }

    public void Dispose()
    {
        _leave(this);
        _changes.Writer.TryComplete();
    }

    /// <summary>Only what belongs to these owners' deals, and what is everybody's, is handed on from now on.</summary>
    internal void See(OwnerSet owners) => Volatile.Write(ref _sees, owners);

    internal void Offer(OutboxRow row)
    {
        if (row.ChangesRights)
        {
            StartOver();
        }
        else if (row.IsFor(Volatile.Read(ref _sees)) && !_changes.Writer.TryWrite(Of(row)))
        {
            StartOver();
        }
    }

    /// <summary>The mark first, then the wake-up: whoever has just emptied the channel is woken, whoever is emptying it sees the mark
    /// after.</summary>
    internal void StartOver()
    {
        Volatile.Write(ref _over, 1);
        _changes.Writer.TryWrite(WakeUp);
    }

    private static Change Of(OutboxRow row) => new(
        row.Id, row.Subject, row.SubjectId, row.Deal is { } deal ? new DealId(deal) : null,
        row.Customer is { } customer ? new CustomerId(customer) : null,
        (ChangeKind)row.Change, row.Version, row.Write);
}

/// <param name="StartOver">Changes were left out, or rights changed: subscribe and read anew.</param>
public sealed record ChangeBatch(IReadOnlyList<Change> Items, bool StartOver)
{
    /// <summary>Number of the last change heard of, also where it is left out here: whoever reads anew afterwards has it; 0:
    /// none.</summary>
    public long Last { get; } = Items.Count > 0 ? Items[^1].Number : 0;
}
