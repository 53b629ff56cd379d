using Microsoft.JSInterop;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Moves;

/// <summary>A move that this tab sent and had no answer to when its page went away.</summary>
/// <param name="Key">The move's idempotency key.</param>
public sealed record UnconfirmedMove(string Key, Guid Deal, string Title, string Kind, string To);

/// <summary>Lets the browser remember moves until they are answered (unconfirmed.js), and asks afterwards what became of one.</summary>
internal sealed class UnconfirmedMoves(IJSRuntime js, Session session) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;

    private Task<IJSObjectReference> Module => _module ??= js.InvokeAsync<IJSObjectReference>("import", "./js/unconfirmed.js").AsTask();

    /// <summary>Before the move is sent. The browser is not waited for: it hears of it before it could hear of the answer.</summary>
    public Task Remember(MoveRequest request) => ComponentScript.UnlessGone(async () => await (await Module).InvokeVoidAsync(
        "remember", new UnconfirmedMove(request.Key, request.Deal.Id.Value, request.Deal.Title, request.Kind.ToWire(),
            request.To.ToWire())));

    public Task Forget(MoveRequest request) =>
        ComponentScript.UnlessGone(async () => await (await Module).InvokeVoidAsync("forget", request.Key));

    public async Task<UnconfirmedMove?> Take()
    {
        UnconfirmedMove? left = null;
        await ComponentScript.UnlessGone(async () => left = await (await Module).InvokeAsync<UnconfirmedMove?>("take"));
        return left;
    }

    /// <summary>
    /// Whether the move was written. Asked with its key and a version that no deal has: a key that is known answers for itself, any other
    /// move is a conflict and writes nothing.
    /// </summary>
    /// <returns>Null: the deal is not to be seen any more, or nobody can say.</returns>
    public async Task<bool?> WasSaved(UnconfirmedMove left)
    {
        if (!WireNames.TryParse<MoveKind>(left.Kind, out var kind) || !WireNames.TryParse<Place>(left.To, out var to))
        {
            return null;
        }

        var asked = await session.Send(new MoveDeal.Command(new DealId(left.Deal), kind, to, long.MaxValue, MoveFields.None, null, null,
            null, left.Key), Channel.Board);
        return asked.Problem?.Code switch
        {
            ProblemCode.IdempotencyKeyReused => true,
            ProblemCode.Conflict => false,
            _ => null,
        };
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is { IsCompletedSuccessfully: true })
        {
            await ComponentScript.Release(await _module);
        }
    }
}
