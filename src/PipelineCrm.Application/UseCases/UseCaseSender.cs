using Microsoft.Extensions.DependencyInjection;

namespace PipelineCrm.UseCases;

/// <summary>
/// Sends a request to its use case, the one way into the application: opens a scope, loads the actor, checks access, validates, handles,
/// logs. Pages, API and commands call nothing else.
/// </summary>
public sealed class UseCaseSender(IServiceScopeFactory scopes)
{
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Caller caller,
        CancellationToken ct = default) => Send(request, caller, null, ct);

    /// <param name="operation">Of a command: the same user's same command under the same id is done once and answered alike for 30
    /// days.</param>
    public async Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, Caller caller, string? operation,
        CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var pipeline = scope.ServiceProvider.GetRequiredService<UseCasePipeline>();
        return await pipeline.Run(request, caller, operation, ct);
    }
}
