using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>A link for the admin to pass on: an invitation, or a new password for somebody who lost theirs or cannot get in by
/// it.</summary>
public static class IssueSignInLink
{
    /// <param name="Email">Instead of the id, as the console has it.</param>
    public sealed record Command(UserId Id, string? Email = null) : IRequest<SignInLink>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Handler(UserManager<User> users, SignInLinkIssuer links, ActorLoader actors, SecurityLog log)
        : IHandler<Command, SignInLink>
    {
        public async Task<Result<SignInLink>> Handle(Command request, CancellationToken ct) => await Find(request) switch
        {
            null => new Problem(ProblemCode.NotFound, ProblemMessages.NotFound),
            { DisabledAt: not null } => new Problem(ProblemCode.Conflict, AccessMessages.UserDisabled),
            { Email: null } => ValidationProblem.ForField("email", AccessMessages.NoEmail),
            var user => await Link(user),
        };

        private Task<User?> Find(Command request) =>
            request.Email is { } email ? users.FindByEmailAsync(email.Trim()) : users.FindByIdAsync(request.Id.ToString());

        private Task<SignInLink> Link(User user)
        {
            log.Changed("sign-in link", user.Id, actors.Current);
            return links.Issue(user);
        }
    }
}
