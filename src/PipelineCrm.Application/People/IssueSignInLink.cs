using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>A link for the admin to pass on: an invitation, or a new password for somebody who lost theirs.</summary>
public static class IssueSignInLink
{
    public sealed record Command(UserId Id) : IRequest<SignInLink>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Handler(UserManager<User> users, SignInLinks links) : IHandler<Command, SignInLink>
    {
        public async Task<Result<SignInLink>> Handle(Command request, CancellationToken ct) => await users.FindByIdAsync(request.Id.ToString()) switch
        {
            null => new Problem(ProblemCode.NotFound, ProblemText.NotFound),
            { DisabledAt: not null } => new Problem(ProblemCode.Conflict, PeopleProblemText.UserDisabled),
            { Email: null } => Invalid.Field("email", PeopleProblemText.NoEmail),
            var user => await links.For(user),
        };
    }
}
