using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>Ends a token of one's own; the next request with it is refused.</summary>
public static class RevokeApiToken
{
    public sealed record Command(ApiTokenId Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            if (await db.ApiTokens.FirstOrDefaultAsync(token => token.Id == request.Id && token.UserId == actors.Current.Id,
                ct) is not { } token)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            token.RevokedAt ??= time.GetUtcNow();
            await db.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}
