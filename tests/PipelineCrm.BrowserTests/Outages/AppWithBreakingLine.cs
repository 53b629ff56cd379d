using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Persistence;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The application whose line to the database can break between a commit and its answer.</summary>
public sealed class AppWithBreakingLine(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    internal PostgresLine Line { get; private set; } = null!;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Line.DisposeAsync();
    }

    protected override async Task<CrmConnections> Connect()
    {
        var connections = await base.Connect();
        Line = new PostgresLine(connections.Crm);
        return connections with { Crm = Line.Through(connections.Crm) };
    }
}
