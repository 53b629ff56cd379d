using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>A link for the admin to pass on: an invitation, or a new password for somebody who lost theirs.</summary>
public static class IssueSignInLink
{
    public sealed record Command(UserId Id) : IRequest<SignInLink>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(UserManager<User> users, SignInLinkIssuer links) : IHandler<Command, SignInLink>
    {
        public async Task<Result<SignInLink>> Handle(Command request, CancellationToken ct) => await users.FindByIdAsync(request.Id.ToString()) switch
        {
            null => new Problem(ProblemCode.NotFound, ProblemMessages.NotFound),
            { DisabledAt: not null } => new Problem(ProblemCode.Conflict, AccessMessages.UserDisabled),
            { Email: null } => ValidationProblem.ForField("email", AccessMessages.NoEmail),
            var user => await links.Issue(user),
        };
    }
}
