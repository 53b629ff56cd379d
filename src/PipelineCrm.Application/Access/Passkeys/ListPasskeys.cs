using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>One's own passkeys, newest first.</summary>
public static class ListPasskeys
{
    public sealed record Query : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="PasswordNeeded">To add another: the sign-in is not of just now.</param>
    public sealed record Answer(IReadOnlyList<PasskeyRow> Passkeys, bool PasswordNeeded);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, PasskeyVerifier verifier) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var passkeys = await db.UserPasskeys.AsNoTracking().Where(passkey => passkey.UserId == actors.Current.Id).ToListAsync(ct);
            return new Answer([.. passkeys.Select(Row).OrderByDescending(row => row.AddedAt)], !await verifier.SignedInLately(ct));
        }

        private static PasskeyRow Row(UserPasskey passkey) =>
            new(Base64Url.EncodeToString(passkey.CredentialId), passkey.Data.Name ?? "", passkey.Data.CreatedAt, passkey.LastUsedAt);
    }
}

/// <param name="Id">As its authenticator calls it.</param>
/// <param name="LastUsedAt">Null where nobody signed in by it yet.</param>
public sealed record PasskeyRow(string Id, string Name, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt);
