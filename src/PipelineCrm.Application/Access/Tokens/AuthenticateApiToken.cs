using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;

namespace PipelineCrm.Access;

/// <summary>Whose token this is; says no to one that is unknown, revoked, expired, or of somebody disabled, without telling
/// which.</summary>
public static class AuthenticateApiToken
{
    public sealed record Query(string Secret) : IRequest<Answer>, IPriorityRequest
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="User">Whose rights the request has.</param>
    /// <param name="Language">The user's, which the API answers in.</param>
    public sealed record Answer(ApiTokenId Token, UserId User, string DisplayName, Role Role, string Language);

    internal sealed class Handler(CrmDbContext db, TimeProvider time) : IHandler<Query, Answer>
    {
        private static readonly TimeSpan UseIsRecordedEvery = TimeSpan.FromMinutes(1);

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var now = time.GetUtcNow();
            var hash = ApiTokenSecret.Hash(request.Secret);
            var found = !ApiTokenSecret.HasForm(request.Secret) ? null : await db.ApiTokens
                .Where(token => token.Hash == hash && token.RevokedAt == null && token.ExpiresAt > now)
                .Join(db.Users.Where(user => user.DisabledAt == null), token => token.UserId, user => user.Id, (token, user) => new
                {
                    Answer = new Answer(token.Id, user.Id, user.DisplayName, user.Role, user.Language),
                    token.LastUsedAt,
                })
                .FirstOrDefaultAsync(ct);
            if (found is null)
            {
                return new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
            }

            await RecordUse(found.Answer.Token, found.LastUsedAt, now, ct);
            return found.Answer;
        }

        private async Task RecordUse(ApiTokenId id, DateTimeOffset? last, DateTimeOffset now, CancellationToken ct)
        {
            if (last is null || now - last >= UseIsRecordedEvery)
            {
                await db.ApiTokens.Where(token => token.Id == id)
                    .ExecuteUpdateAsync(token => token.SetProperty(t => t.LastUsedAt, now), ct);
            }
        }
    }
}
