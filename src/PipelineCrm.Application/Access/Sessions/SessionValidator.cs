using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>
/// Ends a session whose user was disabled or whose security stamp changed. While the database is away the cookie stands:
/// the use-case pipeline lets nobody act without the database anyway, and nobody is signed out by an outage.
/// </summary>
public sealed class SessionValidator(IOptions<SecurityStampValidatorOptions> options, SignInManager<User> signIn, ILoggerFactory logs)
    : SecurityStampValidator<User>(options, signIn, logs)
{
    public override async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        try
        {
            await base.ValidateAsync(context);
        }
        catch (Exception failed) when (DatabaseOutage.Caused(failed))
        {
            Logger.LogWarning("A session could not be checked: {Kind}", failed.GetType().Name);
        }
    }

    protected override async Task<User?> VerifySecurityStamp(ClaimsPrincipal? principal) =>
        await base.VerifySecurityStamp(principal) is { DisabledAt: null } user ? user : null;
}
