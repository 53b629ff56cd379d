using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Availability;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.UseCases;

/// <summary>Authorises, validates and handles requests, one per scope: a handler may send another slice's public request within its own
/// transaction.</summary>
internal sealed class UseCasePipeline(
    IServiceProvider services, UseCaseRegistry registry, IdempotentCommands idempotent, CrmDbContext db, ActorLoader actors,
    UseCaseThrottle throttle, SecurityLog security,
    LastDatabaseOutage last, OutboxSignal outbox, CommitCallbacks committed, ILogger<UseCaseSender> log)
{
    public async Task<Result<TAnswer>> Run<TAnswer>(IRequest<TAnswer> request, Caller caller, string? operation, CancellationToken ct)
    {
        var name = UseCaseRegistry.NameOf(request.GetType());
        using var activity = UseCaseTelemetry.Source.StartActivity(name);
        var started = Stopwatch.GetTimestamp();
        var result = await Run(name, request, caller, operation, ct);
        var took = Stopwatch.GetElapsedTime(started);
        var outcome = result.Problem?.Code ?? "ok";
        activity?.SetTag("outcome", outcome);
        UseCaseTelemetry.Finished(name, outcome, took);
        log.LogInformation("{UseCase} {Outcome} in {Milliseconds:0.0} ms", name, outcome, took.TotalMilliseconds);
        return result;
    }

    private async Task<Result<TAnswer>> Run<TAnswer>(string name, IRequest<TAnswer> request, Caller caller, string? operation,
        CancellationToken ct)
    {
        var fate = new CommitUncertainty();
        try
        {
            using var place = await throttle.Enter(request, ct);
            if (place is null)
            {
                log.LogWarning("{UseCase} found too many others", name);
                return UseCaseThrottle.Full;
            }

            if (request is ICredentialRequest)
            {
                return await Answer(request, ct);
            }

            var actor = request is IRightsUnderLock
                ? await actors.Assume(caller, registry.Of(request).Access, ct)
                : await actors.Load(caller, ct);
            var result = await Send(request, actor, operation, fate, ct);
            if (result.Ok)
            {
                committed.Run();
            }
            else if (result.Problem.Code == ProblemCode.Forbidden)
            {
                security.Refused(name, actor);
            }

            return result;
        }
        catch (Exception failed) when (DatabaseOutage.Of(failed) is { } outage)
        {
            last.Note(outage);
            log.LogWarning("{UseCase} could not work, the database is {Outage}: {Kind}", name, outage, failed.GetType().Name);
            return fate.Unknown && DatabaseOutage.LeavesUnknown(failed)
                ? new Problem(ProblemCode.Unavailable, ProblemMessages.OutcomeUnknown) { Detail = DatabaseOutageDetail.Unknown }
                : DatabaseOutage.Problem(outage);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            var reference = Guid.CreateVersion7().ToString("N")[^8..];
            log.LogError(bug, "{UseCase} failed, reference {Reference}", name, reference);
            return new Problem(ProblemCode.Unexpected, string.Format(CultureInfo.CurrentCulture, ProblemMessages.Unexpected, reference));
        }
        finally
        {
            // Also what was refused may have been written down.
            if (registry.Of(request).Writes)
            {
                outbox.Written();
            }
        }
    }

    /// <summary>Sends a request as the same actor, in the same scope and, where one is open, the same transaction.</summary>
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request,
        CancellationToken ct) => Send(request, actors.Current, null, new CommitUncertainty(), ct);

    private async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Actor actor, string? operation, CommitUncertainty fate,
        CancellationToken ct)
    {
        var useCase = registry.Of(request);
        if (!actor.Has(useCase.Access))
        {
            return actor.SignedIn
                ? new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden)
                : new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
        }

        if (await useCase.Validate(services, request, ct) is { } invalid)
        {
            return invalid;
        }

        if (useCase.Writes && operation is not null && actor.Id is { } user && request is not ISelfIdempotent)
        {
            return await idempotent.Once(request, user, operation, fate, () => useCase.Handle<TAnswer>(services, request, ct), ct);
        }

        fate.Unknown = useCase.Writes;
        return await useCase.Handle<TAnswer>(services, request, ct);
    }

    private async Task<Result<TAnswer>> Answer<TAnswer>(IRequest<TAnswer> request, CancellationToken ct)
    {
        var useCase = registry.Of(request);
        return await useCase.Validate(services, request, ct) is { } invalid ? invalid
            : await useCase.Handle<TAnswer>(services, request, ct);
    }

    /// <summary>Whether a transaction is open that a sub-request takes part in.</summary>
    public bool InTransaction => db.Database.CurrentTransaction is not null;
}
