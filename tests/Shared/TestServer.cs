using DotNet.Testcontainers.Builders;
using DotNet.Testcontainers.Configurations;
using DotNet.Testcontainers.Networks;
using PipelineCrm.Persistence.Postgres;
using Testcontainers.PostgreSql;

namespace PipelineCrm.TestSupport;

/// <summary>
/// The PostgreSQL that the tests run on: the one that PIPELINECRM_TEST_ADMIN names by an administrator's connection string, else a
/// container where a Docker engine answers, else a private one that nobody will miss after a crash.
/// </summary>
internal sealed class TestServer : IAsyncDisposable
{
    private const string Image = "postgres:17";

    private readonly string _dataFolder;
    private INetwork? _network;
    private PostgreSqlContainer? _container;

    private TestServer(string name) => _dataFolder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-{name}");

    public string AdminConnectionString { get; private set; } = "";

    /// <summary>The private server, for tests that take it away and bring it back; null where another one serves.</summary>
    public PrivateCluster? Private { get; private set; }

    /// <summary>Whether what the tests leave behind outlives the server.</summary>
    public bool IsGiven { get; private set; }

    public static async Task<TestServer> Start(string name)
    {
        var server = new TestServer(name);
        await server.Choose();
        return server;
    }

    /// <summary>One of this machine's own programs, whatever else there is.</summary>
    public static async Task<TestServer> StartPrivate(string name)
    {
        var server = new TestServer(name);
        await server.Join();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
        {
            await _container.DisposeAsync();
            await _network!.DisposeAsync();
        }

        if (Private is not null)
        {
            await Private.DisposeAsync();
            foreach (var folder in new[] { Private.ServerFolder, _dataFolder }.Where(Directory.Exists))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private async Task Choose()
    {
        if (Environment.GetEnvironmentVariable("PIPELINECRM_TEST_ADMIN") is { Length: > 0 } given)
        {
            (AdminConnectionString, IsGiven) = (given, true);
            Say("the given server");
        }
        else if (EngineAnswers())
        {
            // A network of its own: an engine may run without a default one.
            _network = new NetworkBuilder().Build();
            await _network.CreateAsync();
            _container = new PostgreSqlBuilder(Image)
                .WithNetwork(_network)
                .WithCommand("-c", "listen_addresses=*", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off",
                    "-c", "max_connections=300")
                .Build();
            await _container.StartAsync();
            AdminConnectionString = _container.GetConnectionString();
            Say($"a container of {Image}");
        }
        else
        {
            await Join();
            Say("a private server, since no Docker engine answers");
        }
    }

    private async Task Join()
    {
        Private = await PrivateCluster.Join(
            new(_dataFolder, Environment.GetEnvironmentVariable("PIPELINECRM_POSTGRES_BIN"), Durable: false), CancellationToken.None);
        AdminConnectionString = Private.AdminConnectionString;
    }

    /// <summary>PIPELINECRM_TEST_CONTAINERS=never keeps to the private server.</summary>
    private static bool EngineAnswers()
    {
        if (Environment.GetEnvironmentVariable("PIPELINECRM_TEST_CONTAINERS") == "never")
        {
            return false;
        }

        // Looks for an engine in the usual places and pings it; null where none answers.
        return TestcontainersSettings.OS.DockerEndpointAuthConfig is not null;
    }

    private static void Say(string what) => Console.Error.WriteLine($"PostgreSQL of the tests: {what}.");
}
