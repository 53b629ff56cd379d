using System.Diagnostics;
using System.Globalization;
using System.Text;
using PipelineCrm.Benchmarks.Parts;

namespace PipelineCrm.Benchmarks.Pages;

/// <summary>The product in a process of its own, published and started as <c>eng/run</c> does it, on a free port of loopback.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private const string Listening = "Listening on ";

    private readonly string _folder;
    private readonly Process _process;

    private WebServer(string folder, Process process) => (_folder, _process) = (folder, process);

    public string Address { get; private set; } = "";

    /// <summary>What its process has had of all processors so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static async Task<WebServer> Start(BenchmarkHost site, params (string Name, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("pipelinecrm-web-").FullName;
        await Publish(folder);
        var start = Dotnet(Path.Combine(folder, "PipelineCrm.Web.dll"), "serve", "--urls", "http://127.0.0.1:0");
        start.RedirectStandardInput = true;
        start.RedirectStandardError = true;
        start.Environment["ConnectionStrings__Crm"] = site.Connections.Crm;
        start.Environment["ConnectionStrings__CrmOwner"] = site.Connections.Owner;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(WebServer).Assembly.Location;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var server = new WebServer(folder, Process.Start(start)!);
        server.Address = await server.Line(Listening);
        return server;
    }

    /// <summary>Bytes of the managed heap after a full collection, and of the working set.</summary>
    public async Task<(long Heap, long WorkingSet)> Memory()
    {
        await _process.StandardInput.WriteLineAsync();
        var figures = (await Line(StartupHook.Prefix)).Split(' ');
        return (long.Parse(figures[0], CultureInfo.InvariantCulture), long.Parse(figures[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Reads away what it logs from here on, so that it never waits for a reader.</summary>
    public Task Drain() => Task.WhenAll(_process.StandardOutput.BaseStream.CopyToAsync(Stream.Null),
        _process.StandardError.BaseStream.CopyToAsync(Stream.Null));

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task Publish(string folder)
    {
        var source = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(source.FullName, "PipelineCrm.sln")))
        {
            source = source.Parent ?? throw new InvalidOperationException("Benchmark: the product's sources are not above the program.");
        }

        using var publish = Process.Start(Dotnet("publish", Path.Combine(source.FullName, "src", "PipelineCrm.Web"), "-c", "Release", "-o",
            folder, "-v", "quiet", "-nologo", "-clp:NoSummary"))!;
        var output = publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        Timing.Demand(publish.ExitCode == 0, $"the product was not published: {await output}");
    }

    private static ProcessStartInfo Dotnet(params string[] arguments) =>
        new(Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet" ? own : "dotnet", arguments)
        {
            RedirectStandardOutput = true,
        };

    /// <returns>What the server's next line of this beginning goes on with.</returns>
    private async Task<string> Line(string beginning)
    {
        var others = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line[beginning.Length..];
            }

            others.AppendLine(line);
        }

        throw new InvalidOperationException($"Benchmark: the product ended: {others}");
    }
}
