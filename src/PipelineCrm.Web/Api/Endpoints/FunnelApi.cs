using PipelineCrm.Funnel;

namespace PipelineCrm.Web.Api;

/// <summary>The funnel and the deals behind each of its numbers (docs/api.md).</summary>
internal static class FunnelApi
{
    public static void MapFunnel(this RouteGroupBuilder api)
    {
        api.MapGet("/funnel", Get).Produces<FunnelView>();
        api.MapGet("/funnel/deals", List).Produces<FunnelDealsBody>();
    }

    private static async Task<IResult> Get([AsParameters] FunnelArgs args, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new GetFunnel.Query(args.Scope), ct));

    private static async Task<IResult> List([AsParameters] FunnelArgs args, [AsParameters] FunnelNumberArgs of,
        [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(
            await sender.Send(new ListFunnelDeals.Query(args.Scope, of.Stage, of.Number, of.Reason, of.Currency, page.Request), ct),
            deals => new FunnelDealsBody([.. deals.Items.Select(DealBody.From)], deals.Next, deals.Total));
}

/// <summary>What the funnel is about; read by the use case, the same for pages and API.</summary>
internal readonly record struct FunnelArgs(
    string? Meaning, string? From, string? To, string? At, string? Unit, string? Team, string? Owner, string? Source, string? Product,
    string? Filter)
{
    public FunnelScope Scope => new(Meaning, From, To, At, Unit, Team, Owner, Source, Product, Filter);
}

/// <summary>Which number's deals.</summary>
internal readonly record struct FunnelNumberArgs(string? Stage, string? Number, string? Reason, string? Currency);

/// <param name="Total">The number itself: how many deals there are on all pages.</param>
internal sealed record FunnelDealsBody(IReadOnlyList<DealBody> Items, string? Next, long Total);
