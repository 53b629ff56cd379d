using Microsoft.AspNetCore.Components.Server;

namespace PipelineCrm.Web.Hosting;

/// <summary>How long what a page knew on the server outlives its connection.</summary>
internal static class Circuits
{
    /// <summary>A closed laptop lid, a phone in the pocket, a night: a page left behind costs only its persistent state, some hundred bytes.</summary>
    private static readonly TimeSpan Night = TimeSpan.FromHours(16);

    public static void Configure(CircuitOptions options)
    {
        options.PersistedCircuitInMemoryRetentionPeriod = Night;
        options.PersistedCircuitInMemoryMaxRetained = 10_000;
    }
}
