using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Ends a token of one's own; the next request with it is refused.</summary>
public static class RevokeApiToken
{
    public sealed record Command(ApiTokenId Id) : IRequest<Done>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, TimeProvider time) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            if (await db.ApiTokens.FirstOrDefaultAsync(token => token.Id == request.Id && token.UserId == actors.Current.Id, ct) is not { } token)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            token.RevokedAt ??= time.GetUtcNow();
            await db.SaveChangesAsync(ct);
            return Done.It;
        }
    }
}
