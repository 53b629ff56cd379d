using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>Something that happened to one of a customer's deals.</summary>
/// <param name="Undoes">The number of the transition that it takes back.</param>
/// <param name="Counts">Where the deal was archived or restored: whether it counts from here on. It stands where it stood.</param>
internal sealed record DealEvent(Guid Deal, int Seq, DateTimeOffset At, Position To, int? Undoes = null, bool? Counts = null);

/// <summary>One line of the history of a customer's status: what it makes of the standing before it.</summary>
internal sealed record ReportedStatus(DateTimeOffset At, Func<CustomerStanding, CustomerStanding> Apply);

/// <summary>A change of a customer's status, and the transition that caused it.</summary>
internal sealed record StatusChange(DateTimeOffset At, Guid? Deal, int? Seq, CustomerStanding Before, CustomerStanding After);

/// <summary>
/// Walks through all that happened to a customer's deals, and through what the history tells of the customer's status already;
/// wherever the two differ, the history lacks a change.
/// </summary>
internal sealed class StatusTimeline
{
    private readonly Dictionary<Guid, List<DealState>> _states = [];
    private readonly Dictionary<Guid, DealStanding> _standings = [];
    private readonly List<StatusChange> _changes = [];
    private CustomerStanding _follows = CustomerStanding.None;
    private DealEvent? _cause;

    private StatusTimeline()
    {
    }

    /// <summary>What the history lacks.</summary>
    public IReadOnlyList<StatusChange> Changes => _changes;

    /// <summary>The standing at the end.</summary>
    public CustomerStanding Now { get; private set; } = CustomerStanding.None;

    /// <param name="told">Empty for a new customer.</param>
    public static StatusTimeline Of(IEnumerable<DealEvent> events, IReadOnlyCollection<ReportedStatus> told)
    {
        var timeline = new StatusTimeline();
        var (happened, lines) = (events.ToLookup(one => one.At), told.ToLookup(line => line.At));
        foreach (var at in happened.Select(one => one.Key).Concat(lines.Select(line => line.Key)).Distinct().Order())
        {
            timeline.Pass(at, [.. happened[at].OrderBy(one => one.Deal).ThenBy(one => one.Counts is not null).ThenBy(one => one.Seq)],
                [.. lines[at]]);
        }

        return timeline;
    }

    /// <summary>A lost customer's instant follows from the deal; any other status counts from when it came.</summary>
    public static CustomerStanding Held(CustomerStanding follows, CustomerStanding before, DateTimeOffset at) => follows with
    {
        LostAt = follows.Status switch
        {
            PurchaseStatus.None => null,
            PurchaseStatus.Lost => follows.LostAt,
            _ => follows.Status == before.Status ? before.LostAt : at,
        },
    };

    /// <summary>An instant of which the history tells is compared as a whole, any other change by change.</summary>
    private void Pass(DateTimeOffset at, IReadOnlyList<DealEvent> events, IReadOnlyCollection<ReportedStatus> told)
    {
        Now = told.Aggregate(Now, (standing, line) => line.Apply(standing));
        foreach (var one in events)
        {
            Happen(one);
            if (told.Count == 0)
            {
                Compare(at);
            }
        }

        Compare(at);
    }

    private void Compare(DateTimeOffset at)
    {
        _follows = Held(CustomerStanding.Of(_standings.Values), _follows, at);
        if (_follows != Now)
        {
            _changes.Add(new StatusChange(at, _cause?.Deal, _cause?.Seq, Now, _follows));
            Now = _follows;
        }
    }

    private void Happen(DealEvent one)
    {
        var states = _states.TryGetValue(one.Deal, out var known) ? known : _states[one.Deal] = [];
        if (one.Counts is null)
        {
            states.Add(one.Undoes is { } undone ? states[undone - 2] : PurchasePath.Apply(states.LastOrDefault(), one.To, one.At).State);
        }

        var state = states[^1];
        var counts = one.Counts ?? (!_standings.TryGetValue(one.Deal, out var before) || before.Counts);
        _standings[one.Deal] = new DealStanding(state.Stage, state.Outcome, state.WonAt, state.ClosedAt, counts);
        _cause = one;
    }
}
