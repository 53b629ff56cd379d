using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PipelineCrm.Benchmarks.Parts;

namespace PipelineCrm.Benchmarks;

/// <param name="Values">As the server logged them; null: NULL.</param>
internal sealed record Statement(string Sql, IReadOnlyList<string?> Values);

/// <summary>What the server really executes for a request, from its own log.</summary>
internal sealed partial class StatementCapture(BenchmarkHost site) : IAsyncDisposable
{
    private ServiceProvider? _services;

    public async Task Open()
    {
        var plain = new NpgsqlConnectionStringBuilder(site.App) { MaxAutoPrepare = 0, ApplicationName = "capture" };
        await site.ExecuteAsAdmin($"""
            alter role "{plain.Username}" set log_statement = 'all';
            alter role "{plain.Username}" set log_error_verbosity = 'default'
            """);
        _services = BenchmarkHost.Services(plain.ConnectionString);
    }

    public async Task<IReadOnlyList<Statement>> Of<T>(IRequest<T> request, Caller caller)
    {
        var from = new FileInfo(site.ServerLog).Length;
        var answer = await _services!.GetRequiredService<UseCaseSender>().Send(request, caller);
        Timing.Demand(answer.Ok, $"{request.GetType().FullName} answered {answer.Problem}");
        await using var log = new FileStream(site.ServerLog, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        log.Position = from;
        using var reader = new StreamReader(log);
        return [.. Read((await reader.ReadToEndAsync()).Split('\n'))];
    }

    public async ValueTask DisposeAsync()
    {
        await _services!.DisposeAsync();
        await site.ExecuteAsAdmin($"alter role \"{new NpgsqlConnectionStringBuilder(site.App).Username}\" reset all");
    }

    private static IEnumerable<Statement> Read(string[] lines)
    {
        string? sql = null;
        IReadOnlyList<string?> values = [];
        foreach (var line in lines)
        {
            if (line.StartsWith('\t'))
            {
                sql += sql is null ? null : "\n" + line[1..];
                continue;
            }

            if (Detail().Match(line) is { Success: true } detail)
            {
                values = [.. Value().Matches(detail.Groups[1].Value)
                    .Select(match => match.Groups[2].Success ? match.Groups[2].Value.Replace("''", "'", StringComparison.Ordinal) : null)];
                continue;
            }

            if (sql is not null)
            {
                yield return new Statement(sql, values);
            }

            (sql, values) = (Execute().Match(line) is { Success: true } execute ? execute.Groups[1].Value : null, []);
        }

        if (sql is not null)
        {
            yield return new Statement(sql, values);
        }
    }

    [GeneratedRegex(@"LOG:  execute [^:]+: (.*)$")]
    private static partial Regex Execute();

    [GeneratedRegex(@"DETAIL:  [Pp]arameters: (.*)$")]
    private static partial Regex Detail();

    [GeneratedRegex(@"\$(\d+) = (?:'((?:[^']|'')*)'|NULL)")]
    private static partial Regex Value();
}
