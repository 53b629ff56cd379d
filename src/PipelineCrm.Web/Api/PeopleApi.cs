using PipelineCrm.People;

namespace PipelineCrm.Web.Api;

/// <summary>Who owns deals, as far as the caller may see: ids for filters and for owners.</summary>
internal static class PeopleApi
{
    public static void MapPeople(this RouteGroupBuilder api)
    {
        api.MapGet("/teams", Teams).Produces<ApiList<SeenTeam>>();
        api.MapGet("/users", Users).Produces<ApiList<SeenUser>>();
    }

    private static async Task<IResult> Teams([AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListSeenTeams.Query(page.Request), ct));

    private static async Task<IResult> Users([AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListSeenUsers.Query(page.Request), ct));
}
