using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>One click: who of the demo it signs in as, while the demo's sign-in is on, for whoever is at the machine or has read its
/// console.</summary>
public static class SignInAsDemo
{
    public sealed record Query(Role Role, ConsoleProof Proof) : IRequest<UserId>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Handler(CrmDbContext db, UserManager<User> users, ConsoleProofVerifier proofs) : IHandler<Query, UserId>
    {
        public async Task<Result<UserId>> Handle(Query request, CancellationToken ct)
        {
            var settings = await db.Settings.AsNoTracking().SingleAsync(ct);
            if (!settings.Demo || !settings.DemoSignIn || !DemoAccounts.OneClick.Contains(request.Role))
            {
                return new Problem(ProblemCode.Forbidden, AccessMessages.DemoSignInOff);
            }

            if (proofs.Refuse(request.Proof, settings) is { } refused)
            {
                return refused;
            }

            return await users.FindByEmailAsync(DemoAccounts.EmailOf(request.Role)) is { DisabledAt: null } user
                ? user.Id
                : new Problem(ProblemCode.Forbidden, AccessMessages.DemoSignInOff);
        }
    }
}
