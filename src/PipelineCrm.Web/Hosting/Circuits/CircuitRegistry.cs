using System.Collections.Concurrent;

namespace PipelineCrm.Web.Hosting;

/// <summary>The open pages of this node, so that those of somebody whose sign-in ended are told at once; those of other nodes ask every few
/// seconds.</summary>
internal sealed class CircuitRegistry
{
    private readonly ConcurrentDictionary<CircuitSession, UserId> _open = [];

    public void Add(CircuitSession circuit, UserId user) => _open[circuit] = user;

    public void Remove(CircuitSession circuit) => _open.TryRemove(circuit, out _);

    /// <summary>Asks for every open page of a user whether it may stay.</summary>
    public Task Recheck(UserId user, CancellationToken ct) =>
        Task.WhenAll(_open.Where(circuit => circuit.Value == user).Select(circuit => circuit.Key.Recheck(ct)));
}
