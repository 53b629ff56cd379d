using Microsoft.EntityFrameworkCore;

namespace PipelineCrm.Persistence.Sql;

/// <summary>Asks the table of codes whether a word is in it.</summary>
internal sealed class CodeLookup(CrmDbContext db)
{
    /// <summary>Whether it ever was: one that is no longer offered stays where it stands.</summary>
    public Task<bool> Has(string kind, string code, CancellationToken ct) =>
        db.Codes.AnyAsync(c => c.Kind == kind && c.Value == code, ct);
}
