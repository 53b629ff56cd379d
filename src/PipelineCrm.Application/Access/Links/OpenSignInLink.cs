using Microsoft.AspNetCore.Identity;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>Whose password a link sets; it stays good.</summary>
public static class OpenSignInLink
{
    public sealed record Query(UserId User, LinkPurpose Purpose, string Secret) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    public sealed record Answer(string DisplayName, string Email);

    internal sealed class Handler(UserManager<User> users, SignInLinkIssuer links) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct) =>
            await users.FindByIdAsync(request.User.ToString()) is { DisabledAt: null, Email: { } email } user
                && await links.IsValid(user, request.Purpose, request.Secret)
                ? new Answer(user.DisplayName, email)
                : new Problem(ProblemCode.NotFound, AccessMessages.LinkInvalid);
    }
}
