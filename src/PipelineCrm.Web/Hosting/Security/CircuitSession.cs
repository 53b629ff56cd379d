using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Asks again and again whether an open page's user may still be there. What they do is refused at once anyway: the pipeline
/// reads their rights at every request. An outage of the database signs nobody out.
/// </summary>
internal sealed class CircuitSession(UseCaseSender sender, IHostApplicationLifetime lifetime, IOptions<IdentityOptions> identity, ILoggerFactory logs) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => Security.RecheckAfter;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return true;
        }

        var principal = authenticationState.User;
        if (!UserId.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var user))
        {
            return false;
        }

        var stamp = principal.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) ?? "";
        var known = await sender.Send(new CheckSession.Query(stamp), new Caller(user, Channel.Page), cancellationToken);
        return known.Problem is not { Code: ProblemCode.Unauthenticated };
    }
}
