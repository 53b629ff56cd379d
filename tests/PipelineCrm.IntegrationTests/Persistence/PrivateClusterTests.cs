using System.Diagnostics;
using System.Globalization;
using Npgsql;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.IntegrationTests.Persistence;

/// <summary>A private PostgreSQL through its life: shared, killed, started again, stopped by its last user.</summary>
public sealed class PrivateClusterTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"pipelinecrm-cluster-{Guid.NewGuid():N}");

    private PrivateClusterOptions Options => new(_folder, Durable: false);

    private string PostmasterFile => Path.Combine(_folder, "server", "cluster", "postmaster.pid");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Several_share_one_server_and_the_last_one_stops_it()
    {
        var ct = TestContext.Current.CancellationToken;
        var users = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => PrivateCluster.Join(Options, ct)));
        Assert.Single(users.Select(user => user.Port).Distinct());

        await users[0].DisposeAsync();
        await users[1].DisposeAsync();
        Assert.Equal(1, await Ask(users[2], "select 1"));

        await users[2].DisposeAsync();
        Assert.False(File.Exists(PostmasterFile));
    }

    [Fact]
    public async Task A_data_folder_that_is_none_is_told_in_a_sentence()
    {
        Directory.CreateDirectory(_folder);
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);
        var refused =
            await Assert.ThrowsAsync<DatabaseStartException>(() => PrivateCluster.Join(new(file), TestContext.Current.CancellationToken));
        Assert.StartsWith($"The data folder {file} cannot be used (", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_server_comes_back_on_its_port_with_its_data()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var cluster = await PrivateCluster.Join(Options, ct);
        await cluster.Provision(ct);
        var port = cluster.Port;
        await Kill();

        Assert.True(await cluster.RestartIfDown(ct));
        Assert.Equal(port, cluster.Port);
        Assert.Equal(1L, await Ask(cluster, "select count(*) from pg_database where datname = 'pipelinecrm'"));
        Assert.False(await cluster.RestartIfDown(ct));
    }

    [Fact]
    public async Task A_server_that_was_killed_while_nobody_watched_is_started_again()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = await PrivateCluster.Join(Options, ct);
        await Kill();
        await using var second = await PrivateCluster.Join(Options, ct);
        Assert.Equal(1, await Ask(second, "select 1"));
    }

    [Fact]
    public async Task A_left_over_file_that_names_another_process_does_not_stop_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await (await PrivateCluster.Join(Options, ct)).DisposeAsync();
        await File.WriteAllTextAsync(PostmasterFile,
            $"{Environment.ProcessId}\n{Path.GetDirectoryName(PostmasterFile)}\n0\n1\n\n127.0.0.1\n\nready   \n", ct);
        await using var cluster = await PrivateCluster.Join(Options, ct);
        Assert.Equal(1, await Ask(cluster, "select 1"));
    }

    [Fact]
    public async Task It_listens_on_loopback_only_and_asks_for_a_password()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var cluster = await PrivateCluster.Join(Options, ct);
        Assert.Equal("127.0.0.1", await Ask(cluster, "show listen_addresses"));
        var stranger = new NpgsqlConnectionStringBuilder(cluster.AdminConnectionString) { Password = "guess", Pooling = false };
        await using var connection = new NpgsqlConnection(stranger.ConnectionString);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.OpenAsync(ct));
        Assert.Equal(PostgresErrorCodes.InvalidPassword, refused.SqlState);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "passwords")));
    }

    [Fact]
    public async Task Without_PostgreSQL_it_says_what_to_install()
    {
        var missing = await Assert.ThrowsAsync<PostgresMissingException>(
            () => PrivateCluster.Join(Options with { BinFolder = "/nowhere" }, TestContext.Current.CancellationToken));
        Assert.Contains("postgresql", missing.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> Ask(PrivateCluster cluster, string sql)
    {
        await using var source =
            NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.AdminConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private async Task Kill()
    {
        var pid = int.Parse((await File.ReadAllLinesAsync(PostmasterFile))[0], CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(pid);
        server.Kill();
        var folder = ClusterFolder.Open(_folder);
        while (PipelineCrm.Persistence.Postgres.PostmasterFile.Read(folder).State != ServerState.Stopped)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
