using System.Globalization;
using System.Security.Claims;
using Microsoft.Extensions.Localization;
using PipelineCrm.Analytics;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.People;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Texts;

namespace PipelineCrm.Web.Components.Analytics;

/// <summary>The funnel and its lists as CSV files, for the signed-in user of the page.</summary>
internal static class FunnelFiles
{
    public static void MapFunnelFiles(this WebApplication app)
    {
        app.MapGet("/funnel.csv", Funnel).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/funnel/deals.csv", Deals).RequireAuthorization().ExcludeFromDescription();
    }

    private static async Task<IResult> Funnel([AsParameters] FunnelArgs args, HttpContext http, Door door, IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        var result = await door.Send(new GetFunnel.Query(args.Scope), CallerOf(http), ct);
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
        [AsParameters] FunnelArgs args, [AsParameters] FunnelNumberArgs of, HttpContext http, Door door, IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        Task<Result<FunnelDeals>> Page(string? after) => door.Send(
            new ListFunnelDeals.Query(args.Scope, of.Stage, of.Number, of.Reason, of.Currency, new PageRequest(PageRequest.MaxLimit, after)), CallerOf(http), ct);
        var first = await Page(null);
        return first.Ok
            ? Results.Stream(await Writer(), Csv.ContentType, "deals.csv")
            : ApiProblem.Result(first.Problem);

        async Task<Func<Stream, Task>> Writer()
        {
            var facts = await door.Send(new ListFacts.Query(WithUnused: true), CallerOf(http), ct);
            var people = await door.Send(new ListPeople.Query(), CallerOf(http), ct);
            var more = new FactCells(facts.Value ?? [], people.Value ?? []);
            return stream => Write(stream, first.Value, Page, texts, more, ct);
        }
    }

    /// <summary>Page by page, so that a long list costs no memory; a page that fails breaks the file off rather than ending it as if it were whole.</summary>
    private static async Task Write(Stream stream, FunnelDeals page, Func<string?, Task<Result<FunnelDeals>>> next, IStringLocalizer<FunnelText> texts, FactCells more, CancellationToken ct)
    {
        object?[] head = ["id", texts["Deal"], texts["Customer"], texts["Stage"], texts["OutcomeHead"], texts["Amount"], texts["Currency"], texts["Owner"], texts["Source"], texts["Created"], .. more.Head];
        await stream.WriteAsync(Csv.Bytes([Csv.Line(head)]), ct);
        while (true)
        {
            await stream.WriteAsync(Csv.More(page.Items.Select(deal => Line(deal, more))), ct);
            if (page.Next is null)
            {
                return;
            }

            var further = await next(page.Next);
            page = further.Ok ? further.Value : throw new IOException(further.Problem.Message);
        }
    }

    private static string Line(DealView deal, FactCells more) => Csv.Line(
    [
        deal.Id, deal.Title, deal.CustomerName, deal.Stage.ToWire(), deal.Outcome.ToWire(), deal.Amount, deal.Currency, deal.OwnerName, deal.Source,
        deal.CreatedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), .. more.Of(deal),
    ]);

    private static Caller CallerOf(HttpContext http) =>
        UserId.TryParse(http.User.FindFirstValue(ClaimTypes.NameIdentifier), CultureInfo.InvariantCulture, out var id)
            ? new Caller(id, Channel.Page)
            : Caller.Anonymous;
}
