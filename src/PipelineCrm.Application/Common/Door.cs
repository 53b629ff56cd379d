using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Outbox;
using PipelineCrm.Texts;

namespace PipelineCrm.Common;

/// <summary>A use case's input. Its definition stands in the file of the use case.</summary>
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
    public async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Caller caller, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var inside = scope.ServiceProvider.GetRequiredService<Inside>();
        return await inside.Enter(request, caller, ct);
    }
}

/// <summary>The door's inner side, one per scope: a handler may send another slice's public request within its own transaction.</summary>
internal sealed class Inside(IServiceProvider services, UseCases useCases, CrmDbContext db, ActorSource actors, OutboxSignal outbox, ILogger<Door> log)
{
    public async Task<Result<TAnswer>> Enter<TAnswer>(IRequest<TAnswer> request, Caller caller, CancellationToken ct)
    {
        var name = UseCases.NameOf(request.GetType());
        var started = Stopwatch.GetTimestamp();
        try
        {
            var actor = await actors.Load(caller, ct);
            var result = await Send(request, actor, ct);
            log.LogInformation("{UseCase} {Outcome} in {Milliseconds:0.0} ms", name, result.Problem?.Code ?? "ok", Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return result;
        }
        catch (Exception outage) when (Outage.Is(outage))
        {
            log.LogWarning("{UseCase} found no database: {Kind}", name, outage.GetType().Name);
            return new Problem(ProblemCode.Unavailable, ProblemText.Unavailable);
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
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken ct) => Send(request, actors.Current, ct);

    private async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Actor actor, CancellationToken ct)
    {
        var useCase = useCases.Of(request);
        if (!actor.Has(useCase.Access))
        {
            return actor.SignedIn
                ? new Problem(ProblemCode.Forbidden, ProblemText.Forbidden)
                : new Problem(ProblemCode.Unauthenticated, ProblemText.Unauthenticated);
        }

        return await useCase.Validate(services, request, ct) is { } invalid
            ? invalid
            : await useCase.Handle<TAnswer>(services, request, ct);
    }

    /// <summary>Whether a transaction is open that a sub-request takes part in.</summary>
    public bool InTransaction => db.Database.CurrentTransaction is not null;
}
