using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Texts;

namespace PipelineCrm.Common;

/// <summary>A use case's input. Its definition stands in the file of the use case: a record called <c>Query</c> where it only reads, else <c>Command</c>.</summary>
public interface IRequest<TAnswer>
{
    /// <summary>Which roles may send it at all.</summary>
    static abstract Access Access { get; }
}

internal interface IHandler<in TRequest, TAnswer> where TRequest : IRequest<TAnswer>
{
    Task<Result<TAnswer>> Handle(TRequest request, CancellationToken ct);
}

/// <summary>
/// The one way into the application: opens a scope, loads the actor, checks access, validates, handles, logs.
/// Pages, API and commands call nothing else.
/// </summary>
public sealed class Door(IServiceScopeFactory scopes)
{
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Caller caller, CancellationToken ct = default) => Send(request, caller, null, ct);

    /// <param name="operation">Of a command: the same user's same command under the same id is done once and answered alike for 30 days.</param>
    public async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Caller caller, string? operation, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inside = scope.ServiceProvider.GetRequiredService<Inside>();
        return await inside.Enter(request, caller, operation, ct);
    }
}

/// <summary>The door's inner side, one per scope: a handler may send another slice's public request within its own transaction.</summary>
internal sealed class Inside(
    IServiceProvider services, UseCases useCases, Operations operations, CrmDbContext db, ActorSource actors, Turnstile turnstile, SecurityLog security,
    LastOutage last, OutboxSignal outbox, ILogger<Door> log)
{
    public async Task<Result<TAnswer>> Enter<TAnswer>(IRequest<TAnswer> request, Caller caller, string? operation, CancellationToken ct)
    {
        var name = UseCases.NameOf(request.GetType());
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

    private async Task<Result<TAnswer>> Run<TAnswer>(string name, IRequest<TAnswer> request, Caller caller, string? operation, CancellationToken ct)
    {
        var fate = new Fate();
        try
        {
            using var place = await turnstile.Enter(request, ct);
            if (place is null)
            {
                log.LogWarning("{UseCase} found too many others", name);
                return Turnstile.Full;
            }

            var actor = await actors.Load(caller, ct);
            var result = await Send(request, actor, operation, fate, ct);
            if (result.Problem is { Code: ProblemCode.Forbidden })
            {
                security.Refused(name, actor);
            }

            return result;
        }
        catch (Exception failed) when (Outage.Of(failed) is { } outage)
        {
            last.Note(outage);
            log.LogWarning("{UseCase} could not work, the database is {Outage}: {Kind}", name, outage, failed.GetType().Name);
            return fate.Unknown && Outage.LeavesUnknown(failed)
                ? new Problem(ProblemCode.Unavailable, ProblemText.OutcomeUnknown) { Detail = OutageDetail.Unknown }
                : Outage.Problem(outage);
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            var reference = Guid.CreateVersion7().ToString("N")[^8..];
            log.LogError(bug, "{UseCase} failed, reference {Reference}", name, reference);
            return new Problem(ProblemCode.Unexpected, string.Format(CultureInfo.CurrentCulture, ProblemText.Unexpected, reference));
        }
        finally
        {
            // Also what was refused may have been written down.
            if (useCases.Of(request).Writes)
            {
                outbox.Written();
            }
        }
    }

    /// <summary>Sends a request as the same actor, in the same scope and, where one is open, the same transaction.</summary>
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken ct) => Send(request, actors.Current, null, new Fate(), ct);

    private async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Actor actor, string? operation, Fate fate, CancellationToken ct)
    {
        var useCase = useCases.Of(request);
        if (!actor.Has(useCase.Access))
        {
            return actor.SignedIn
                ? new Problem(ProblemCode.Forbidden, ProblemText.Forbidden)
                : new Problem(ProblemCode.Unauthenticated, ProblemText.Unauthenticated);
        }

        if (await useCase.Validate(services, request, ct) is { } invalid)
        {
            return invalid;
        }

        if (useCase.Writes && operation is not null && actor.Id is { } user && request is not ISettlesItself)
        {
            return await operations.Once(request, user, operation, fate, () => useCase.Handle<TAnswer>(services, request, ct), ct);
        }

        fate.Unknown = useCase.Writes;
        return await useCase.Handle<TAnswer>(services, request, ct);
    }

    /// <summary>Whether a transaction is open that a sub-request takes part in.</summary>
    public bool InTransaction => db.Database.CurrentTransaction is not null;
}
