using Microsoft.Extensions.Localization;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Funnel;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Hosting;
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

    private static async Task<IResult> Funnel([AsParameters] FunnelArgs args, HttpContext http, UseCaseSender sender,
        IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        var result = await sender.Send(new GetFunnel.Query(args.Scope), CallerFactory.Of(http), ct);
        if (!result.Ok)
        {
            return ApiProblem.Result(result.Problem);
        }

        var words = await CsvFormatter.Read(sender, CallerFactory.Of(http), texts, ct);
        using var stream = new MemoryStream();
        using var file = new CsvFile(stream);
        file.Line(
            texts["Stage"].Value, texts["Deals"].Value, texts["Skipped"].Value, texts["Amount"].Value, texts["Currency"].Value,
            texts["NoAmount"].Value,
            texts["NextStep"].Value, texts["Cumulative"].Value, texts["Share"].Value, texts["MedianDays"].Value, texts["Stays"].Value,
            texts["LostFrom"].Value,
            texts["NotConvertedHead"].Value);
        foreach (var stage in result.Value.Stages)
        {
            var amount = stage.WithAmount > 0 ? stage.Amount : (decimal?)null;
            file.Line(
                words.Stage(stage.Stage), stage.N, stage.Skipped, amount, amount is null ? null : result.Value.Currency,
                stage.WithoutAmount,
                stage.NextPercent, stage.CumulativePercent, stage.SharePercent, stage.MedianDays, stage.Stays, stage.Lost.N,
                string.Join("; ", stage.NotConverted.Select(other => new Money(Money.Plain(other.Amount), other.Currency))));
        }

        file.Flush();
        return Results.File(stream.ToArray(), CsvFile.ContentType, "funnel.csv");
    }

    private static async Task<IResult> Deals(
        [AsParameters] FunnelArgs args, [AsParameters] FunnelNumberArgs of, HttpContext http, UseCaseSender sender,
        IStringLocalizer<FunnelText> texts, CancellationToken ct)
    {
        Task<Result<FunnelDeals>> Page(string? after) => sender.Send(
            new ListFunnelDeals.Query(args.Scope, of.Stage, of.Number, of.Reason, of.Currency,
                new PageRequest(PageRequest.MaxLimit, after)), CallerFactory.Of(http), ct);
        var first = await Page(null);
        if (!first.Ok)
        {
            return ApiProblem.Result(first.Problem);
        }

        var words = await CsvFormatter.Read(sender, CallerFactory.Of(http), texts, ct);
        var facts = await sender.Send(new ListFacts.Query(WithUnused: true), CallerFactory.Of(http), ct);
        var people = await sender.Send(new ListUserSummaries.Query(), CallerFactory.Of(http), ct);
        if ((facts.Problem ?? people.Problem) is { } problem)
        {
            return ApiProblem.Result(problem);
        }

        var more = new FactCsvColumns(facts.Value!, people.Value!);
        return Results.Stream(stream => Write(stream, first.Value, Page, texts, words, more, ct), CsvFile.ContentType, "deals.csv");
    }

    /// <summary>Page by page, so that a long list costs no memory; a page that fails breaks the file off rather than ending it as if it
    /// were whole.</summary>
    private static async Task Write(
        Stream stream, FunnelDeals page, Func<string?, Task<Result<FunnelDeals>>> next, IStringLocalizer<FunnelText> texts,
        CsvFormatter words, FactCsvColumns more, CancellationToken ct)
    {
        using var file = new CsvFile(stream);
        file.Line(
        [
            "id", texts["Deal"].Value, texts["Customer"].Value, texts["Stage"].Value, texts["OutcomeHead"].Value, texts["Amount"].Value,
            texts["Currency"].Value,
            texts["Owner"].Value, texts["Source"].Value, $"{texts["Created"]} ({words.Zone.Id})", .. more.Head,
        ]);
        while (true)
        {
            foreach (var deal in page.Items)
            {
                file.Line(Cells(deal, words, more));
            }

            await file.FlushAsync(ct);
            if (page.Next is null)
            {
                return;
            }

            var further = await next(page.Next);
            page = further.Ok ? further.Value : throw new IOException(further.Problem.Message);
        }
    }

    private static object?[] Cells(DealView deal, CsvFormatter words, FactCsvColumns more) =>
    [
        deal.Id, deal.Title, deal.CustomerName, words.Stage(deal.Stage), words.Outcome(deal.Outcome), deal.Amount,
        deal.Amount is null ? null : deal.Currency,
        deal.OwnerName, words.Source(deal.Source), words.There(deal.CreatedAt), .. more.Of(deal),
    ];
}
