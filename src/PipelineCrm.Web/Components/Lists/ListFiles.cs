using Microsoft.Extensions.Localization;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Hosting;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A list as a CSV file: the same filter, order and columns, for the signed-in user of the page.</summary>
internal static class ListFiles
{
    public static void MapListFiles(this WebApplication app)
    {
        foreach (var (path, subject) in new[] { ("deals", FactSubject.Deal), ("customers", FactSubject.Customer) })
        {
            app.MapGet($"/{path}.csv",
                (string? search, string? filter, string? sort, string? columns, bool? archived, HttpContext http, UseCaseSender sender,
                IStringLocalizer<ListsText> texts, CancellationToken ct) =>
                    File(new ListQuestion(subject, search, filter, sort, archived == true), columns, $"{path}.csv", http, sender, texts,
                        ct))
                .RequireAuthorization().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> File(
        ListQuestion question, string? columns, string name, HttpContext http, UseCaseSender sender, IStringLocalizer<ListsText> texts,
            CancellationToken ct)
    {
        var caller = CallerFactory.Of(http);
        Task<Result<Page<ListRow>>> Page(string? after) =>
            sender.Send(new ListRecords.Query(question, columns, new PageRequest(PageRequest.MaxLimit, after)), caller, ct);
        var first = await Page(null);
        var facts = await sender.Send(new ListFacts.Query(WithUnused: true), caller, ct);
        var people = await sender.Send(new ListUserSummaries.Query(), caller, ct);
        if ((first.Problem ?? facts.Problem ?? people.Problem) is { } problem)
        {
            return ApiProblem.Result(problem);
        }

        var cells = new ListCells(columns, facts.Value!, people.Value!, texts["Currency"]);
        return Results.Stream(stream => Write(stream, cells, first.Value!, Page, ct), CsvFile.ContentType, name);
    }

    /// <summary>Page by page, so that a long list costs no memory; a page that fails breaks the file off rather than ending it as if it
    /// were whole.</summary>
    private static async Task Write(Stream stream, ListCells cells, Page<ListRow> page, Func<string?, Task<Result<Page<ListRow>>>> next,
        CancellationToken ct)
    {
        using var file = new CsvFile(stream);
        file.Line(cells.Head);
        while (true)
        {
            foreach (var row in page.Items)
            {
                file.Line(cells.Of(row));
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
}
