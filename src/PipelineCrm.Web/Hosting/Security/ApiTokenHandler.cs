using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Web.Api;

namespace PipelineCrm.Web.Hosting;

/// <summary>Reads <c>Authorization: Bearer</c> anew at every request: a token revoked in between is refused at once.</summary>
internal sealed class ApiTokenHandler(UseCaseSender sender, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs,
    UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    /// <summary>The claim that names the token, for its rate limit.</summary>
    public const string TokenClaim = "token";

    private const string Bearer = "Bearer ";

    private Problem? _problem;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var known = await sender.Send(new AuthenticateApiToken.Query(header[Bearer.Length..].Trim()), CallerFactory.Of(Context),
            Context.RequestAborted);
        if (!known.Ok)
        {
            _problem = known.Problem;
            return AuthenticateResult.Fail(known.Problem.Code);
        }

        var identity = new ClaimsIdentity(
            [
                new(ClaimTypes.NameIdentifier, known.Value.User.ToString()),
                new(ClaimTypes.Name, known.Value.DisplayName),
                new(ClaimTypes.Role, known.Value.Role.ToWire()),
                new(SessionClaim.Language, known.Value.Language),
                new(TokenClaim, known.Value.Token.ToString()),
            ],
            Scheme.Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        await HandleAuthenticateOnceAsync();
        if (_problem is { Code: not ProblemCode.Unauthenticated } outage)
        {
            await ApiProblem.Write(Context, outage);
            return;
        }

        Response.Headers.WWWAuthenticate = _problem is null ? "Bearer" : "Bearer error=\"invalid_token\"";
        Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
