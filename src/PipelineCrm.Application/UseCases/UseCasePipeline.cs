using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.UseCases;

/// <summary>Authorises, validates and handles requests, one per scope: a handler may send another slice's public request within its own transaction.</summary>
internal sealed class UseCasePipeline(IServiceProvider services, UseCaseRegistry registry, CrmDbContext db, ActorLoader actors, ILogger<UseCaseSender> log)
{
    public async Task<Result<TAnswer>> Run<TAnswer>(IRequest<TAnswer> request, Caller caller, CancellationToken ct)
    {
        var name = UseCaseRegistry.NameOf(request.GetType());
        var started = Stopwatch.GetTimestamp();
        try
        {
            var actor = await actors.Load(caller, ct);
            var result = await Send(request, actor, ct);
            log.LogInformation("{UseCase} {Outcome} in {Milliseconds:0.0} ms", name, result.Problem?.Code ?? "ok", Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return result;
        }
        catch (Exception outage) when (DatabaseOutage.Caused(outage))
        {
            log.LogWarning("{UseCase} found no database: {Kind}", name, outage.GetType().Name);
            return new Problem(ProblemCode.Unavailable, ProblemMessages.Unavailable);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            var reference = Guid.CreateVersion7().ToString("N")[^8..];
            log.LogError(bug, "{UseCase} failed, reference {Reference}", name, reference);
            return new Problem(ProblemCode.Unexpected, string.Format(CultureInfo.CurrentCulture, ProblemMessages.Unexpected, reference));
        }
    }

    /// <summary>Sends a request as the same actor, in the same scope and, where one is open, the same transaction.</summary>
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken ct) => Send(request, actors.Current, ct);

    private async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Actor actor, CancellationToken ct)
    {
        var useCase = registry.Of(request);
        if (!actor.Has(useCase.Access))
        {
            return actor.SignedIn
                ? new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden)
                : new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
        }

        return await useCase.Validate(services, request, ct) is { } invalid
            ? invalid
            : await useCase.Handle<TAnswer>(services, request, ct);
    }

    /// <summary>Whether a transaction is open that a sub-request takes part in.</summary>
    public bool InTransaction => db.Database.CurrentTransaction is not null;
}
