using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace PipelineCrm.Web.Hosting;

/// <summary>How many live pages there are, and how long what a page knew on the server outlives its connection.</summary>
internal static class CircuitRetention
{
    /// <summary>A closed laptop lid, a phone in the pocket, a night: a page left behind costs only its persistent state, some hundred
    /// bytes.</summary>
    private static readonly TimeSpan Night = TimeSpan.FromHours(16);

    /// <summary>Of the places, how many pages may keep whose connection is lost: they hold memory as live ones do.</summary>
    private const int OneOf = 4;

    private const int MostWithoutConnection = 100;

    public static void AddCircuits(this WebApplicationBuilder builder)
    {
        var most = builder.Configuration.GetValue("Limits:Circuits", CircuitLimit.Fitting(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes));
        builder.Services.AddSingleton(provider => new CircuitLimit(most, provider.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<CircuitLimit>());
        builder.Services.Configure<CircuitOptions>(options =>
        {
            options.DisconnectedCircuitMaxRetained = Math.Clamp(most / OneOf, 1, MostWithoutConnection);
            options.PersistedCircuitInMemoryRetentionPeriod = Night;
            options.PersistedCircuitInMemoryMaxRetained = 10_000;
        });
    }
}
