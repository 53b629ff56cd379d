using System.Runtime.InteropServices;
using PipelineCrm.Persistence.Backups;
using PipelineCrm.Persistence.Postgres;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// From arguments to an exit code: 0 done, 1 failed (one sentence says why), 2 wrong usage, 3 a prerequisite is missing.
/// What a command answers goes to standard output, everything else to standard error.
/// </summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private const int WrongUsage = 2;
    private const int PrerequisiteMissing = 3;

    public static async Task<int> Run(string[] args, Func<WebApplicationBuilder, ActiveDatabase, WebApplication> build)
    {
        var reading = CommandReader.Read(args);
        if (reading.Invocation is not { } invocation)
        {
            return reading.Mistake is { } mistake ? Complain(mistake, WrongUsage) : Answer(reading.Answer!);
        }
        using var stop = new StopSignals();
        try
        {
            return await Run(invocation, build, stop.Token);
        }
        catch (PostgresMissingException missing)
        {
            return Complain(missing.Message, PrerequisiteMissing);
        }
        catch (DatabaseStartException refused)
        {
            return Complain(refused.Message, Failed);
        }
        catch (BackupException refused)
        {
            return Complain(refused.Message, Failed);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return Complain("Stopped.", Failed);
        }
        catch (Exception bug)
        {
            return Complain($"{reading.Command!.Name} failed unexpectedly: {bug}", Failed);
        }
    }

    private static async Task<int> Run(Invocation invocation, Func<WebApplicationBuilder, ActiveDatabase, WebApplication> build,
        CancellationToken ct)
    {
        var builder = NewBuilder(environment: null);
        if (invocation.RunOnDatabase is { } runOnDatabase)
        {
            await using var whole = await ActiveDatabase.Resolve(builder.Configuration, builder.Environment, ct);
            return await ActiveDatabase.Tell(() => runOnDatabase(whole, ct));
        }
        await using var database = await ActiveDatabase.Open(builder.Configuration, builder.Environment, ct);
        await using var app = build(builder, database);
        return await invocation.Run!(app, ct);
    }

    /// <param name="environment">Null: what ASPNETCORE_ENVIRONMENT says.</param>
    internal static WebApplicationBuilder NewBuilder(string? environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(CommandLine).Assembly.GetName().Name,
            EnvironmentName = environment,
            // The program's folder, not the caller's: files that commands name are relative to the caller's.
            ContentRootPath = AppContext.BaseDirectory,
        });
        // From a build folder the assets come from where the build found them; in a published one they lie in wwwroot.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    private static int Complain(string sentence, int exitCode)
    {
        Console.Error.WriteLine(sentence);
        return exitCode;
    }

    private static int Answer(string text)
    {
        Console.Out.WriteLine(text);
        return 0;
    }

    /// <summary>Ctrl-C, a polite kill and a closed terminal end a command in order; the database is stopped with it.</summary>
    private sealed class StopSignals : IDisposable
    {
        private readonly CancellationTokenSource _source = new();
        private readonly PosixSignalRegistration[] _registrations;

        public StopSignals() => _registrations =
            [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM,
                PosixSignal.SIGHUP }.Select(signal => PosixSignalRegistration.Create(signal, Stop))];

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }
            _source.Dispose();
        }

        private void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
