namespace PipelineCrm.BrowserTests.Fixtures;

/// <summary>The application under a name: browsers make no passkeys for an address in numbers.</summary>
public sealed class LocalhostApp(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    public override string Address => base.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
}
