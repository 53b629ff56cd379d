using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Projections;

namespace PipelineCrm.Lists;

/// <summary>
/// Runs the jobs that there are, a part of each in turn, as their users and with the rights that these have at that moment. Those that
/// another node left unfinished are found too; two nodes at the same job share its records.
/// </summary>
internal sealed class BulkJobWorker(
    IServiceScopeFactory scopes, UseCaseSender sender, BulkJobSignal signal, TimeProvider time, ILogger<BulkJobWorker> log)
    : BackgroundWork(log)
{
    /// <summary>How long a finished job is kept, with what its records were before.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    /// <summary>Runs all jobs to their ends, and forgets old ones.</summary>
    public async Task RunAll(CancellationToken ct)
    {
        var (done, moved) = (new Dictionary<Guid, int>(), true);
        while (moved && await Running(ct) is { Count: > 0 } running)
        {
            moved = false;
            foreach (var job in running)
            {
                (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (new(job.Language), new(job.Language));
                var run = await sender.Send(new RunBulkJob.Command(job.Id), new Caller(job.User, job.Channel), ct);
                if (run.Ok)
                {
                    // What another node is at just now is that node's: nobody waits for it here.
                    moved |= done.GetValueOrDefault(job.Id) != run.Value.Done;
                    done[job.Id] = run.Value.Done;
                }
                else if (run.Problem.Code != ProblemCode.Unavailable)
                {
                    await End(job.Id, run.Problem, ct);
                }
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await RunOnceOrLog(stoppingToken);
            await signal.Wait(Pause, time, stoppingToken);
        }
    }

    protected override async Task RunOnce(CancellationToken ct)
    {
        await RunAll(ct);
        await Forget(ct);
    }

    private async Task<List<(Guid Id, UserId User, string Language, Channel Channel)>> Running(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var jobs = await db.BulkJobs.Where(job => job.FinishedAt == null).OrderBy(job => job.CreatedAt)
            .Select(job => new { job.Id, job.UserId, job.Language, job.Channel }).ToListAsync(ct);
        return jobs.ConvertAll(job => (job.Id, job.UserId, job.Language, job.Channel));
    }

    /// <summary>Its user may no longer, or it fails: the rest is not tried, and the user is told why.</summary>
    private async Task End(Guid id, Problem problem, CancellationToken ct)
    {
        log.LogWarning("A change of many records ended early: {Code}", problem.Code);
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var now = time.GetUtcNow();
        await db.BulkJobs.Where(job => job.Id == id && job.FinishedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(job => job.FinishedAt, now).SetProperty(job => job.EndedBy, problem.Message), ct);
    }

    private async Task Forget(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        var before = time.GetUtcNow() - Kept;
        await db.BulkJobs.Where(job => job.FinishedAt < before).ExecuteDeleteAsync(ct);
    }
}
