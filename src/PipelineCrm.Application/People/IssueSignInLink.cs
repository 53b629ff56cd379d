using Microsoft.AspNetCore.Identity;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.People;

/// <summary>A link for the admin to pass on: an invitation, or a new password for somebody who lost theirs or cannot get in by it.</summary>
public static class IssueSignInLink
{
    /// <param name="Email">Instead of the id, as the console has it.</param>
    public sealed record Command(UserId Id, string? Email = null) : IRequest<SignInLink>
    {
        public static Access Access => Access.Admin;
    }

    internal sealed class Handler(UserManager<User> users, SignInLinks links, ActorSource actors, SecurityLog log) : IHandler<Command, SignInLink>
    {
        public async Task<Result<SignInLink>> Handle(Command request, CancellationToken ct) => await Find(request) switch
        {
            null => new Problem(ProblemCode.NotFound, ProblemText.NotFound),
            { DisabledAt: not null } => new Problem(ProblemCode.Conflict, PeopleProblemText.UserDisabled),
            { Email: null } => Invalid.Field("email", PeopleProblemText.NoEmail),
            var user => await Link(user),
        };

        private Task<User?> Find(Command request) =>
            request.Email is { } email ? users.FindByEmailAsync(email.Trim()) : users.FindByIdAsync(request.Id.ToString());

        private Task<SignInLink> Link(User user)
        {
            log.Changed("sign-in link", user.Id, actors.Current);
            return links.For(user);
        }
    }
}
