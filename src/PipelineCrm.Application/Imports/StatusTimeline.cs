using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>Something that happened to one of a customer's deals, in the order in which it happened.</summary>
/// <param name="Undoes">The number of the transition that it takes back.</param>
/// <param name="Archives">The deal counts no more from here on.</param>
internal sealed record DealEvent(Guid Deal, int Seq, DateTimeOffset At, Position To, int? Undoes = null, bool Archives = false);

/// <summary>A change of a customer's status, and the transition that caused it.</summary>
internal sealed record StatusChange(DateTimeOffset At, Guid Deal, int Seq, CustomerStanding Before, CustomerStanding After);

/// <summary>Walks through all that happened to a customer's deals and says when the customer's status changed.</summary>
internal sealed class StatusTimeline
{
    private readonly Dictionary<Guid, List<DealState>> _states = [];
    private readonly Dictionary<Guid, DealStanding> _standings = [];

    /// <param name="events">By the time they happened.</param>
    /// <param name="recorded">The changes that the history has already, by the same order; empty for a new customer.</param>
    public static IEnumerable<StatusChange> Of(IEnumerable<DealEvent> events, IReadOnlyList<(DateTimeOffset At, CustomerStanding Standing)> recorded)
    {
        var timeline = new StatusTimeline();
        var read = CustomerStanding.None;
        var next = 0;
        foreach (var one in events)
        {
            for (; next < recorded.Count && recorded[next].At <= one.At; next++)
            {
                read = recorded[next].Standing;
            }

            var follows = timeline.After(one);
            var now = follows with { LostAt = Since(follows, read, one.At) };
            if (now != read)
            {
                yield return new StatusChange(one.At, one.Deal, one.Seq, read, now);
                read = now;
            }
        }
    }

    /// <summary>A lost customer's instant follows from the deal; any other status counts from when it came.</summary>
    private static DateTimeOffset? Since(CustomerStanding standing, CustomerStanding before, DateTimeOffset at) => standing.Status switch
    {
        PurchaseStatus.None => null,
        PurchaseStatus.Lost => standing.LostAt,
        _ => standing.Status == before.Status ? before.LostAt : at,
    };

    private CustomerStanding After(DealEvent one)
    {
        var states = _states.TryGetValue(one.Deal, out var known) ? known : _states[one.Deal] = [];
        if (!one.Archives)
        {
            states.Add(one.Undoes is { } undone ? states[undone - 2] : PurchasePath.Apply(states.LastOrDefault(), one.To, one.At).State);
        }

        var state = states[^1];
        _standings[one.Deal] = new DealStanding(state.Stage, state.Outcome, state.WonAt, state.ClosedAt, !one.Archives);
        return CustomerStanding.Of(_standings.Values);
    }
}
