using PipelineCrm.BrowserTests.Fixtures;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The application at the end of a <see cref="Outages.TcpProxy"/>.</summary>
public class AppBehindProxy(TestCluster cluster, Chromium chromium) : BrowserApp(cluster, chromium)
{
    internal TcpProxy Proxy { get; private set; } = null!;

    public override string Address => Proxy.Address;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Proxy = new TcpProxy(base.Address);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Proxy.DisposeAsync();
        await base.DisposeAsync();
    }
}
