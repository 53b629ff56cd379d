using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Imports;

/// <summary>The imports that were taken over, latest first.</summary>
public static class ListImports
{
    public sealed record Query : IRequest<IReadOnlyList<Item>>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Number">By which it is undone.</param>
    /// <param name="By">Who imported.</param>
    /// <param name="UndoneAt">Null where it stands.</param>
    public sealed record Item(
        int Number, DateTimeOffset At, string? By, string Mapping, IReadOnlyList<string> Files, ImportCounts Created, ImportCounts Updated,
        long Rejected,
        DateTimeOffset? UndoneAt, string? UndoneBy);

    internal static ImportCounts Counts(string json) => JsonSerializer.Deserialize<ImportCounts>(json, WireNames.Json)!;

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, IReadOnlyList<Item>>
    {
        public async Task<Result<IReadOnlyList<Item>>> Handle(Query request, CancellationToken ct)
        {
            var rows = await (
                from import in db.Imports.AsNoTracking()
                from importer in db.Users.Where(user => user.Id == import.ByUser).DefaultIfEmpty()
                from undoer in db.Users.Where(user => user.Id == import.UndoneBy).DefaultIfEmpty()
                orderby import.Id descending
                select new { Import = import, By = importer!.DisplayName, UndoneBy = undoer!.DisplayName }).ToListAsync(ct);
            return rows.ConvertAll(row => new Item(
                row.Import.Id, row.Import.At, row.By, row.Import.Mapping, row.Import.Files, Counts(row.Import.Created),
                Counts(row.Import.Updated), row.Import.Rejected,
                row.Import.UndoneAt, row.UndoneBy));
        }
    }
}
