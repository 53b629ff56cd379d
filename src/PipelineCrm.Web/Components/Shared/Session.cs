using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.People;

namespace PipelineCrm.Web.Components.Shared;

/// <summary>The signed-in user's way to the one door; what it knows besides is for showing, never for deciding.</summary>
public sealed class Session(Door door, AuthenticationStateProvider authentication)
{
    private ClaimsPrincipal _principal = new();

    public UserId? User => UserId.TryParse(_principal.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id) ? id : null;

    public string Name => _principal.FindFirstValue(ClaimTypes.Name) ?? "";

    public Role Role => WireNames.TryParse<Role>(_principal.FindFirstValue(ClaimTypes.Role), out var role) ? role : Role.Viewer;

    /// <summary>The user's own time zone, where they chose one.</summary>
    public string? TimeZone => _principal.FindFirstValue(SessionClaim.TimeZone);

    /// <summary>Known once the layout has opened the session, so to every page.</summary>
    public OrganisationView Organisation { get; private set; } = new("", "UTC", "USD", [], []);

    /// <summary>What may be known of deals and customers.</summary>
    public IReadOnlyList<FactView> Facts => Organisation.Facts;

    public FactView? Fact(string key) => Facts.FirstOrDefault(fact => fact.Key == key);

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
        return await door.Send(request, new Caller(User, channel));
    }
}
