using PipelineCrm.Access;

namespace PipelineCrm.Web.Api;

/// <summary>Who owns deals, as far as the caller may see: ids for filters and for owners.</summary>
internal static class OwnersApi
{
    public static void MapOwners(this RouteGroupBuilder api)
    {
        api.MapGet("/teams", Teams).Produces<ApiList<SeenTeam>>();
        api.MapGet("/users", Users).Produces<ApiList<SeenUser>>();
    }

    private static async Task<IResult> Teams([AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListSeenTeams.Query(page.Request), ct));

    private static async Task<IResult> Users([AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListSeenUsers.Query(page.Request), ct));
}
