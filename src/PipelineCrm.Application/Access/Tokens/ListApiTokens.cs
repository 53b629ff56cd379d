using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Access;

/// <summary>One's own tokens that work, newest first.</summary>
public static class ListApiTokens
{
    public sealed record Query : IRequest<IReadOnlyList<ApiTokenView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Query, IReadOnlyList<ApiTokenView>>
    {
        public async Task<Result<IReadOnlyList<ApiTokenView>>> Handle(Query request, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var tokens = await db.ApiTokens.AsNoTracking()
                .Where(token => token.UserId == actors.Current.Id && token.RevokedAt == null && token.ExpiresAt > now)
                .OrderByDescending(token => token.CreatedAt)
                .Select(token => new ApiTokenView(token.Id, token.Name, token.CreatedAt, token.ExpiresAt, token.LastUsedAt))
                .ToListAsync(ct);
            return Result<IReadOnlyList<ApiTokenView>>.Of(tokens);
        }
    }
}

/// <param name="LastUsedAt">To the minute; null where it was never used.</param>
public sealed record ApiTokenView(ApiTokenId Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? LastUsedAt);
