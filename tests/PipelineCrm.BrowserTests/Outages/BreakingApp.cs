using PipelineCrm.Persistence;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The application whose line to the database can break between a commit and its answer.</summary>
public sealed class BreakingApp(TestCluster cluster, Chromium chromium) : RunningApp(cluster, chromium)
{
    internal PostgresLine Line { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Line.DisposeAsync();
    }

    protected override async Task<CrmConnections> ConnectAsync()
    {
        var connections = await base.ConnectAsync();
        Line = new PostgresLine(connections.Crm);
        return connections with { Crm = Line.Through(connections.Crm) };
    }
}
