using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A transition that is to be taken back, with all that could stand in the way.</summary>
internal sealed class UndoTransaction(long transition) : IAsyncDisposable
{
    private const string Transitions = """
        select t.id, t.seq, t.kind, t.to_stage, t.to_outcome, t.occurred_at, t.recorded_at, t.by_user, t.before::text,
               exists (select from transitions u where u.undoes = t.id)
        from transitions t
        where t.deal_id = (select deal_id from transitions where id = $1) and t.seq >= (select seq from transitions where id = $1)
        order by t.seq desc
        """;

    private static string Followers(FactCatalog catalog) => $"""
        select {StoredDeal.Columns(catalog)}, (select t.id from transitions t where t.deal_id = d.id and t.seq = 1)
        from {DealViewSql.From}
        where d.id = (select (before ->> 'created')::uuid from transitions where id = $1)
        """;

    private static readonly TimeSpan OwnTime = TimeSpan.FromHours(24);

    private readonly List<LaterTransition> _later = [];
    private MoveKind _kind;
    private bool _undone;
    private DateTimeOffset _recordedAt;
    private UserId? _by;

    public long TransitionId => transition;
    public MoveTransaction Transaction { get; set; } = null!;
    public UndoSnapshot Snapshot { get; private set; } = null!;
    public StoredDeal? Follower { get; private set; }
    public long FollowerCreate { get; private set; }

    /// <summary>An undo, what is undone already, and imported history are never taken back; nor what did not keep how it was
    /// before.</summary>
    public bool Impossible => _undone || _kind is MoveKind.Undo or MoveKind.Import || (_kind != MoveKind.Create && Snapshot.State is null);

    public ValueTask DisposeAsync() => Transaction.DisposeAsync();

    public void AddTo(SqlBatch batch, FactCatalog catalog)
    {
        _later.Clear();
        batch.Query(Transitions, Read, transition);
        batch.Query(Followers(catalog),
            row => (Follower, FollowerCreate) = (StoredDeal.Read(row, catalog), row.GetInt64(StoredDeal.Width(catalog))), transition);
    }

    /// <summary>What hinders the undo, in the order of the contract: later moves, followers, changed fields, rights.</summary>
    public Problem? Validate(StoredDeal deal, IReadOnlyDictionary<string, UndoChoice> resolve)
    {
        if (_later.Count > 0)
        {
            return new Problem(ProblemCode.NotLatest, DealMessages.NotLatestOf) { Detail = new UndoDetail(_later, [], []) };
        }

        if (Follower is { Content.Void: false } follower && follower is not { Version: 1, LastSeq: 1 })
        {
            var named = Transaction.Actor.Sees.Contains(follower.Content.OwnerId) ? follower.Id : (DealId?)null;
            return new Problem(ProblemCode.HasFollowers, DealMessages.HasFollowers) { Detail = new UndoDetail([], [], [], named) };
        }

        var open = Changes(deal).Where(change => change.Changed && !resolve.ContainsKey(change.Field)).ToList();
        return open.Count > 0
            ? new Problem(ProblemCode.FieldsChanged, DealMessages.FieldsChanged)
            {
                Detail = new UndoDetail([], open.ConvertAll(change => change.Field),
                    open.ConvertAll(change => new UndoField(change.Field, change.Before, change.Written, change.Now))),
            }
            : Forbidden();
    }

    /// <summary>The fields that the move wrote, and whether somebody wrote them again since.</summary>
    public IEnumerable<Change> Changes(StoredDeal deal)
    {
        foreach (var (field, change) in Snapshot.Fields ?? new Dictionary<string, FieldChange>())
        {
            var value = deal.Content.Values[field].ToStored();
            yield return new Change(field, change.Before, change.After, value, !Same(value, change.After));
        }
    }

    /// <summary>Customers whose status or referrer is no longer what it was.</summary>
    public IEnumerable<StatusWrite> Statuses(IReadOnlyList<DealWrite> writes)
    {
        var after = writes.Select(write => write.After).ToList();
        var customers = new[] { Transaction.Customer, Transaction.FollowersCustomer }.OfType<CustomerSnapshot>()
            .DistinctBy(customer => customer.Id);
        return customers.Select(customer => customer.With(after, Transaction.Ids.First, ReferrerOf(customer), Transaction.Now))
            .OfType<StatusWrite>();
    }

    private CustomerId? ReferrerOf(CustomerSnapshot customer) =>
        Snapshot.Referred && customer.Id == Follower?.CustomerId && customer.State.Referrer == Transaction.Deal!.Deal.CustomerId ? null
            : customer.State.Referrer;

    /// <summary>The author within 24 hours; managers and admins who see it, always.</summary>
    private Problem? Forbidden() => Transaction.Actor.Role switch
    {
        Role.Manager or Role.Admin => null,
        Role.Rep when _by is { } author && author == Transaction.Actor.Id => Transaction.Recorded - _recordedAt < OwnTime ? null
            : new Problem(ProblemCode.Forbidden, DealMessages.TooLate),
        Role.Rep or Role.Viewer or null => new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden),
    };

    private void Read(NpgsqlDataReader row)
    {
        var (id, kind, undone) = (row.GetInt64(0), (MoveKind)row.GetInt16(2), row.GetBoolean(9));
        if (id == transition)
        {
            (_kind, _undone, _recordedAt) = (kind, undone, row.GetFieldValue<DateTimeOffset>(6));
            _by = row.GetOrNull<Guid>(7) is { } by ? new UserId(by) : null;
            Snapshot = JsonSerializer.Deserialize<UndoSnapshot>(row.GetString(8), WireNames.Json)!;
        }
        else if (kind != MoveKind.Undo && !undone)
        {
            var place = new Position((Stage)row.GetInt16(3), (Outcome)row.GetInt16(4)).Place;
            _later.Add(new LaterTransition(id, row.GetInt32(1), kind, place, row.GetFieldValue<DateTimeOffset>(5)));
        }
    }

    private static bool Same(JsonElement? one, JsonElement? other) =>
        (one, other) switch
        {
            (null, null) => true,
            ({ } left, { } right) => JsonElement.DeepEquals(left, right),
            _ => false,
        };

    internal sealed record Change(string Field, JsonElement? Before, JsonElement? Written, JsonElement? Now, bool Changed);
}
