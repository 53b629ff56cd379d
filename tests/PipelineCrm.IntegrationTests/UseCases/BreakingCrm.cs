namespace PipelineCrm.IntegrationTests.UseCases;

/// <summary>The application at the end of a <see cref="PostgresLine"/>.</summary>
public sealed class BreakingCrm(TestCluster cluster) : CrmFixture(cluster)
{
    internal PostgresLine Line { get; private set; } = null!;

    protected override string AppConnection => (Line = new PostgresLine(Connections.Crm)).Through(Connections.Crm);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Line.DisposeAsync();
    }
}
