using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PipelineCrm.Access;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;

namespace PipelineCrm.Web.Components;

/// <summary>Sends use cases for the signed-in user; what it knows besides is for showing, never for deciding.</summary>
public sealed class Session(UseCaseSender sender, AuthenticationStateProvider authentication)
{
    private ClaimsPrincipal _principal = new();

    public UserId? User => UserId.TryParse(_principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    public string Name => _principal.FindFirstValue(ClaimTypes.Name) ?? "";

    public Role Role => WireNames.TryParse<Role>(_principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : Role.Viewer;

    /// <summary>The user's own time zone, where they chose one.</summary>
    public string? TimeZone => _principal.FindFirstValue(SessionClaim.TimeZone);

    /// <summary>Known once the layout has opened the session, so to every page.</summary>
    public OrganisationView Organisation { get; private set; } = new("", "UTC", "USD", [], []);

    /// <summary>Reads who is signed in and what every page needs; answers why there is nothing to show, if so.</summary>
    public async Task<Problem?> Open()
    {
        _principal = (await authentication.GetAuthenticationStateAsync()).User;
        var described = await Send(new DescribeOrganisation.Query());
        if (described.Ok)
        {
            Organisation = described.Value;
        }

        return described.Problem;
    }

    public async Task<Result<T>> Send<T>(IRequest<T> request, Channel channel = Channel.Page)
    {
        _principal = (await authentication.GetAuthenticationStateAsync()).User;
        return await sender.Send(request, new Caller(User, channel));
    }
}
