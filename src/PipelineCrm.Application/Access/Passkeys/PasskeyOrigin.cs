using Microsoft.AspNetCore.Identity;

namespace PipelineCrm.Access;

/// <summary>Which pages may use a passkey of this site: its own, at the top, in nobody's frame.</summary>
internal static class PasskeyOrigin
{
    /// <summary>Behind a proxy that ends https and says so to nobody, pages are https and requests are not.</summary>
    public static ValueTask<bool> IsOwn(PasskeyOriginValidationContext said)
    {
        var request = said.HttpContext.Request;
        return ValueTask.FromResult(!said.CrossOrigin && said.TopOrigin is null
            && Uri.TryCreate(said.Origin, UriKind.Absolute, out var origin)
            && (origin.Scheme == request.Scheme || origin.Scheme == Uri.UriSchemeHttps)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
