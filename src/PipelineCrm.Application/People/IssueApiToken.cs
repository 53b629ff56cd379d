using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>Makes a token for the user of an e-mail address; the console's way.</summary>
public static class IssueApiToken
{
    public sealed record Command(string Email, string Name) : IRequest<NewApiToken>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, TimeProvider time) : IHandler<Command, NewApiToken>
    {
        public async Task<Result<NewApiToken>> Handle(Command request, CancellationToken ct)
        {
            if (await users.FindByEmailAsync(request.Email.Trim()) is not { } user)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (user.DisabledAt is not null)
            {
                return new Problem(ProblemCode.Conflict, PeopleProblemText.UserDisabled);
            }

            var (token, made) = NewApiToken.Make(user.Id, request.Name, time.GetUtcNow());
            db.ApiTokens.Add(token);
            await db.SaveChangesAsync(ct);
            return made;
        }
    }
}
