using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Persistence;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.TestSupport;

/// <summary>The whole application on a free port of loopback, with a database of its own: <c>IClassFixture&lt;TestApp&gt;</c>.</summary>
public class TestApp(TestCluster cluster) : IAsyncLifetime
{
    private WebApplication? _app;

    public CrmConnections Connections { get; private set; } = null!;

    public IServiceProvider Services => _app!.Services;

    public UseCaseSender Door => Services.GetRequiredService<UseCaseSender>();

    /// <summary>Where browsers and programs reach it.</summary>
    public virtual string Address => _app!.Urls.First();

    public virtual async ValueTask InitializeAsync()
    {
        Connections = await Connect();
        var builder = CommandLine.NewBuilder("Test");
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Warning";
        builder.Configuration["Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime"] = "Warning";
        Configure(builder);
        _app = Program.Build(builder, ActiveDatabase.Given(Connections));
        _app.Urls.Add("http://127.0.0.1:0");
        await _app.StartAsync();
    }

    protected virtual Task<CrmConnections> Connect() => cluster.NewDatabase();

    /// <summary>Settings that a test needs otherwise than everybody.</summary>
    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
