using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Sql;

/// <summary>Asks the table of codes whether a word is in it.</summary>
internal sealed class CodeLookup(CrmDbContext db)
{
    public Task<bool> HasSource(string code, CancellationToken ct) =>
        db.Codes.AnyAsync(c => c.Kind == Code.SourceOfDeal && c.Value == code, ct);
}
