using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>The funnel and its lists as CSV files, for the signed-in user of the page.</summary>
internal static class FunnelCsv
{
    public static void MapFunnelFiles(this WebApplication app)
    {
        app.MapGet("/funnel.csv", Funnel).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/funnel/deals.csv", Deals).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> Funnel([AsParameters] FunnelArgs args, HttpContext http, UseCaseSender sender, IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        var result = await sender.Send(new GetFunnel.Query(args.Scope), CallerOf(http), ct);
        if (!result.Ok)
        {
            return ApiProblem.Result(result.Problem);
        }

        var lines = result.Value.Stages.Select(stage => Csv.Line(
            stage.Stage.ToWire(), stage.N, stage.Skipped, stage.Amount, result.Value.Currency, stage.WithoutAmount, stage.NextPercent, stage.CumulativePercent,
            stage.SharePercent, stage.MedianDays, stage.Stays, stage.Lost.N,
            string.Join("; ", stage.NotConverted.Select(other => new Money(Money.Plain(other.Amount), other.Currency)))));
        var head = Csv.Line(
            texts["Stage"], texts["Deals"], texts["Skipped"], texts["Amount"], texts["Currency"], texts["NoAmount"], texts["NextStep"], texts["Cumulative"],
            texts["Share"], texts["MedianDays"], texts["Stays"], texts["LostFrom"], texts["NotConvertedHead"]);
        return Results.File(Csv.Bytes(lines.Prepend(head)), Csv.ContentType, "funnel.csv");
    }

    private static async Task<IResult> Deals(
        [AsParameters] FunnelArgs args, [AsParameters] FunnelNumberArgs of, HttpContext http, UseCaseSender sender, IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        Task<Result<FunnelDeals>> Page(string? after) => sender.Send(
            new ListFunnelDeals.Query(args.Scope, of.Stage, of.Number, of.Reason, of.Currency, new PageRequest(PageRequest.MaxLimit, after)), CallerOf(http), ct);
        var first = await Page(null);
        return first.Ok
            ? Results.Stream(stream => Write(stream, first.Value, Page, texts, ct), Csv.ContentType, "deals.csv")
            : ApiProblem.Result(first.Problem);
    }

    /// <summary>Page by page, so that a long list costs no memory; a page that fails breaks the file off rather than ending it as if it were whole.</summary>
    private static async Task Write(Stream stream, FunnelDeals page, Func<string?, Task<Result<FunnelDeals>>> next, IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        await stream.WriteAsync(Csv.Bytes([Csv.Line(
            "id", texts["Deal"], texts["Customer"], texts["Stage"], texts["OutcomeHead"], texts["Amount"], texts["Currency"], texts["Owner"], texts["Source"], texts["Created"])]), ct);
        while (true)
        {
            await stream.WriteAsync(Csv.More(page.Items.Select(Line)), ct);
            if (page.Next is null)
            {
                return;
            }

            var more = await next(page.Next);
            page = more.Ok ? more.Value : throw new IOException(more.Problem.Message);
        }
    }

    private static string Line(DealView deal) => Csv.Line(
        deal.Id, deal.Title, deal.CustomerName, deal.Stage.ToWire(), deal.Outcome.ToWire(), deal.Amount, deal.Currency, deal.OwnerName, deal.Source,
        deal.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    private static Caller CallerOf(HttpContext http) =>
        UserId.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id)
            ? new Caller(id, Channel.Page)
            : Caller.Anonymous;
}
