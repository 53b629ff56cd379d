using Microsoft.Extensions.Localization;
using PipelineCrm.Catalog;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.People;
using PipelineCrm.Web.Api;
using PipelineCrm.Web.Components.Fields;
using PipelineCrm.Web.Hosting;
using PipelineCrm.Web.Texts;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A list as a CSV file: the same filter, order and columns, for the signed-in user of the page.</summary>
internal static class ListFiles
{
    public static void MapListFiles(this WebApplication app)
    {
        foreach (var (path, subject) in new[] { ("deals", FactSubject.Deal), ("customers", FactSubject.Customer) })
        {
            app.MapGet($"/{path}.csv",
                (string? search, string? filter, string? sort, string? columns, bool? archived, HttpContext http, Door door,
                IStringLocalizer<ListsText> texts, CancellationToken ct) =>
                    File(new ListQuestion(subject, search, filter, sort, archived == true), columns, $"{path}.csv", http, door, texts, ct))
                .RequireAuthorization().ExcludeFromDescription();
        }
    }

    private static async Task<IResult> File(
        ListQuestion question, string? columns, string name, HttpContext http, Door door, IStringLocalizer<ListsText> texts,
            CancellationToken ct)
    {
        var caller = Callers.Of(http);
        Task<Result<Page<ListRow>>> Page(string? after) =>
            door.Send(new ListRecords.Query(question, columns, new PageRequest(PageRequest.MaxLimit, after)), caller, ct);
        var first = await Page(null);
        var facts = await door.Send(new ListFacts.Query(WithUnused: true), caller, ct);
        var people = await door.Send(new ListPeople.Query(), caller, ct);
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

/// <summary>Facts as cells of a file: numbers and days as programs read them, choices and people by name, an amount beside its
/// currency.</summary>
internal sealed class ListCells
{
    private readonly IReadOnlyList<FactView> _columns;
    private readonly Dictionary<string, string> _people;
    private readonly string _currency;

    public ListCells(string? columns, IReadOnlyList<FactView> facts, IReadOnlyList<PersonView> people, string currency)
    {
        _columns = [.. (columns ?? "").Split(',').Select(key => facts.FirstOrDefault(fact => fact.Key == key.Trim())).OfType<FactView>()];
        (_people, _currency) = (people.ToDictionary(person => person.Id.ToString(), person => person.DisplayName), currency);
    }

    public IEnumerable<object?> Head =>
        _columns.SelectMany(fact =>
            (object?[])(fact.Type == FactType.Money ? [FactText.Name(fact), $"{FactText.Name(fact)} ({_currency})"]
            : [FactText.Name(fact)])).Prepend("id");

    public IEnumerable<object?> Of(ListRow row) => _columns.SelectMany(fact => Cells(fact, row.Facts[fact.Key].Value, row)).Prepend(row.Id);

    private object?[] Cells(FactView fact, object? value, ListRow row) => (fact.Type, value) switch
    {
        (FactType.Money, Money money) => [money.Amount, money.Currency],
        (FactType.Money, _) => [value, null],
        (_, bool flag) => [flag ? "true" : "false"],
        (_, Chosen codes) => [string.Join("; ", codes.Select(code => Named(fact, code)))],
        (FactType.User, string id) => [fact.Key == FieldKey.OwnerId ? row.OwnerName : _people.GetValueOrDefault(id)],
        (FactType.Choice, string code) => [Named(fact, code)],
        _ => [value],
    };

    private static string Named(FactView fact, string code) =>
        fact.Choices?.FirstOrDefault(choice => choice.Code == code) is { } known ? FactText.Of(known.Name) : code;
}
