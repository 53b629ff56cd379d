namespace PipelineCrm.IntegrationTests.Backups;

/// <summary>A server of this machine's own version: its pg_dump and pg_restore do not fit a newer one, on which the other tests may
/// run.</summary>
public sealed class LocalCluster : TestCluster
{
    private protected override Task<TestServer> Start(string run) => TestServer.StartPrivate(run);
}

/// <summary>The application on it.</summary>
public sealed class LocalCrm(LocalCluster cluster) : CrmFixture(cluster);

/// <summary>Restores of one server take turns.</summary>
[CollectionDefinition(Name)]
public sealed class Restores : ICollectionFixture<LocalCluster>
{
    public const string Name = "Restores";
}
