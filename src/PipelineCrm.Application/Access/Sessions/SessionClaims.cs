using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>What a signed-in principal carries: enough to greet and to show or hide, never to decide.</summary>
internal sealed class SessionClaims(IOptions<IdentityOptions> options) : IUserClaimsPrincipalFactory<User>
{
    public Task<ClaimsPrincipal> CreateAsync(User user)
    {
        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, user.Id.ToString()),
                new(ClaimTypes.Name, user.DisplayName),
                new(ClaimTypes.Role, user.Role.ToWire()),
                new(SessionClaim.Language, user.Language),
                new(SessionClaim.Theme, user.Theme),
                new(options.Value.ClaimsIdentity.SecurityStampClaimType, user.SecurityStamp ?? ""),
            ],
            IdentityConstants.ApplicationScheme,
            ClaimTypes.Name,
            ClaimTypes.Role);
        if (user.TimeZone is { } zone)
        {
            identity.AddClaim(new(SessionClaim.TimeZone, zone));
        }

        return Task.FromResult(new ClaimsPrincipal(identity));
    }
}

/// <summary>Names of the claims that are this product's own.</summary>
public static class SessionClaim
{
    public const string Language = "lang";
    public const string Theme = "theme";

    /// <summary>The user's own time zone; missing where the organisation's is used.</summary>
    public const string TimeZone = "zone";
}
