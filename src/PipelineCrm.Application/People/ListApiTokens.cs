using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.People;

/// <summary>One's own tokens that work, newest first.</summary>
public static class ListApiTokens
{
    public sealed record Query : IRequest<IReadOnlyList<ApiTokenView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors, TimeProvider time) : IHandler<Query, IReadOnlyList<ApiTokenView>>
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
public sealed record ApiTokenView(ApiTokenId Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);
