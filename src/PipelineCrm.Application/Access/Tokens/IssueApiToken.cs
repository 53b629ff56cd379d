using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Makes a token for the user of an e-mail address; the console's way.</summary>
public static class IssueApiToken
{
    public sealed record Command(string Email, string Name) : IRequest<IssuedApiToken>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, TimeProvider time) : IHandler<Command, IssuedApiToken>
    {
        public async Task<Result<IssuedApiToken>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByEmailAsync(request.Email.Trim()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (user.DisabledAt is not null)
            {
                return new Problem(ProblemCode.Conflict, AccessMessages.UserDisabled);
            }

            var (token, made) = IssuedApiToken.Create(user.Id, request.Name, time.GetUtcNow());
            db.ApiTokens.Add(token);
            await db.SaveChangesAsync(ct);
            return made;
        }
    }
}
