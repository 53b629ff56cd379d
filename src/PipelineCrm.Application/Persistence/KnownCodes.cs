using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence;

/// <summary>Asks the table of codes whether a word is in it.</summary>
internal sealed class KnownCodes(CrmDbContext db)
{
    public Task<bool> HasSource(string code, CancellationToken ct) =>
        db.Codes.AnyAsync(c => c.Kind == Code.SourceOfDeal && c.Value == code, ct);
}
