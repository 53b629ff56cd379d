using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals.Verification;

/// <summary>Makes a checkpoint once an hour, where there is a folder for them.</summary>
internal sealed class CheckpointWork(IServiceScopeFactory scopes, Door door, CheckpointFolder folder, TimeProvider time, ILogger<CheckpointWork> log) : BackgroundWork(log)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(5);

    private readonly ILogger _log = log;

    /// <returns>Whether one was due, and made.</returns>
    public async Task<bool> MakeWhereDue(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var last = await scope.ServiceProvider.GetRequiredService<CrmDbContext>().Checkpoints.MaxAsync(one => (DateTimeOffset?)one.At, ct);
        if (folder.Path is null || last > time.GetUtcNow() - Every)
        {
            return false;
        }

        var made = await door.Send(new MakeCheckpoint.Command(), Caller.Console, ct);
        if (!made.Ok)
        {
            _log.LogError("No checkpoint was made: {Code}", made.Problem.Code);
        }

        return made.Ok;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await OnceOrLog(stoppingToken);
        }
    }

    protected override Task Once(CancellationToken ct) => MakeWhereDue(ct);
}
