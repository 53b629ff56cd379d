using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Access;

/// <summary>Whose token this is; says no to one that is unknown, revoked, expired, or of somebody disabled, without telling
/// which.</summary>
public static class AuthenticateApiToken
{
    public sealed record Query(string Secret) : IRequest<Answer>, ICredentialRequest
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="User">Whose rights the request has.</param>
    /// <param name="Language">The user's, which the API answers in.</param>
    public sealed record Answer(ApiTokenId Token, UserId User, string DisplayName, Role Role, string Language);

    internal sealed class Handler(CrmDbContext db, TimeProvider time) : IHandler<Query, Answer>
    {
        private const string Holder = """
            select t.id, u.id, u.display_name, u.role, u.language, t.last_used_at from api_tokens t join users u on u.id = t.user_id
            where t.hash = $1 and t.revoked_at is null and t.expires_at > $2 and u.disabled_at is null
            """;

        private static readonly TimeSpan UseIsRecordedEvery = TimeSpan.FromMinutes(1);

        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var (now, found, lastUsed) = (time.GetUtcNow(), (Answer?)null, (DateTimeOffset?)null);
            if (ApiTokenSecret.HasForm(request.Secret))
            {
                await db.Database.OpenConnectionAsync(ct);
                await new SqlBatch(db.Connection)
                    .Query(Holder, row =>
                    {
                        found = new Answer(new ApiTokenId(row.GetGuid(0)), new UserId(row.GetGuid(1)), row.GetString(2),
                            (Role)row.GetInt16(3), row.GetString(4));
                        lastUsed = row.GetOrNull<DateTimeOffset>(5);
                    }, ApiTokenSecret.Hash(request.Secret), now)
                    .Run(ct);
            }

            if (found is null)
            {
                return new Problem(ProblemCode.Unauthenticated, ProblemMessages.Unauthenticated);
            }

            await RecordUse(found.Token, lastUsed, now, ct);
            return found;
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
