using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Asks with every page, file and circuit whether the cookie's session still holds: a copy of the cookie of somebody who signed out is
/// worth nothing. While the database is away the cookie stands: the use-case pipeline lets nobody act without the database anyway, and
/// nobody is signed out by an outage.
/// </summary>
internal sealed class SessionCheck(UseCaseSender sender) : CookieAuthenticationEvents
{
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        // Style sheets and scripts are everybody's, and whatever else asks nobody to sign in goes through the use-case sender, which asks
        // the same.
        if (context.Principal is not { } principal || context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>() is null)
        {
            return;
        }

        var caller = CallerFactory.Of(principal) with { From = CallerFactory.AddressOf(context.HttpContext) };
        var known = caller.Session is null
            ? new Problem(ProblemCode.Unauthenticated, "")
            : await sender.Send(new CheckSession.Query(), caller, context.HttpContext.RequestAborted);
        if (known.Problem is { Code: ProblemCode.Unauthenticated })
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(context.Scheme.Name);
        }
        else if (known.Ok && !Says(principal, known.Value))
        {
            context.ReplacePrincipal(PrincipalOf(known.Value));
            context.ShouldRenew = true;
        }
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        Answer(context, StatusCodes.Status401Unauthorized);

    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        Answer(context, StatusCodes.Status403Forbidden);

    public static ClaimsPrincipal PrincipalOf(SessionView session) =>
        new(new ClaimsIdentity(Claims(session), IdentityConstants.ApplicationScheme, ClaimTypes.Name, ClaimTypes.Role));

    /// <summary>Names and choices change while somebody is in; the cookie follows.</summary>
    private static bool Says(ClaimsPrincipal principal, SessionView session) =>
        Claims(session).All(claim => principal.HasClaim(claim.Type, claim.Value))
        && principal.HasClaim(claim => claim.Type == SessionClaim.TimeZone) == session.TimeZone is not null;

    private static IEnumerable<Claim> Claims(SessionView session) =>
    [
        new(ClaimTypes.NameIdentifier, session.User.ToString()),
        new(ClaimTypes.Name, session.DisplayName),
        new(ClaimTypes.Role, session.Role.ToWire()),
        new(SessionClaim.Session, session.Id.ToString()),
        new(SessionClaim.Language, session.Language),
        new(SessionClaim.Theme, session.Theme),
        .. session.TimeZone is { } zone ? new Claim[] { new(SessionClaim.TimeZone, zone) } : [],
    ];

    /// <summary>A page leads to sign-in; a script that asks for data or a circuit gets a status that it understands.</summary>
    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        if (context.Request.Path.StartsWithSegments(CircuitOrigin.Path) || !HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(context.RedirectUri);
        }

        return Task.CompletedTask;
    }
}
