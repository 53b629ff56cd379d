using PipelineCrm.Lookup;

namespace PipelineCrm.Web.Api;

/// <summary>One search over all that the caller may see.</summary>
internal static class SearchApi
{
    public static void MapSearch(this RouteGroupBuilder api) => api.MapGet("/search", Find).Produces<Search.Answer>();

    private static async Task<IResult> Find(string? q, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new Search.Query(q), ct));
}
