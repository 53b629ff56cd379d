using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Hosting;

/// <summary>Tells a principal where its request came from and what site it was sent to: a circuit keeps the principal, not the request. It
/// is in no cookie.</summary>
internal sealed class AddressClaim(IHttpContextAccessor accessor) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (accessor.HttpContext is not { } http || CallerFactory.AddressOf(http) is not { } address
            || principal.HasClaim(claim => claim.Type == SessionClaim.From))
        {
            return Task.FromResult(principal);
        }

        var told = principal.Clone();
        told.AddIdentity(new ClaimsIdentity(
            [new Claim(SessionClaim.From, address), new Claim(SessionClaim.Site, CallerFactory.SiteOf(http))]));
        return Task.FromResult(told);
    }
}
