using System.Net.Mime;
using Microsoft.AspNetCore.Antiforgery;
using PipelineCrm.Web.Api;

namespace PipelineCrm.Web.Hosting;

/// <summary>Where the sign-in page's script fetches the challenge when its button is pressed; one written into the page would be too old by
/// then.</summary>
internal static class PasskeyEndpoint
{
    public const string Path = "/sign-in/passkey";

    public static void MapPasskeys(this IEndpointRouteBuilder app) => app.MapPost(Path, (Delegate)Challenge).AllowAnonymous();

    private static async Task<IResult> Challenge(HttpContext http, IAntiforgery forms, SignInFlow desk)
    {
        if (!await forms.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var begun = await desk.BeginPasskey();
        return begun.Ok ? Results.Text(begun.Value.Options, MediaTypeNames.Application.Json)
            : Results.StatusCode(ApiProblem.StatusOf(begun.Problem.Code));
    }
}
