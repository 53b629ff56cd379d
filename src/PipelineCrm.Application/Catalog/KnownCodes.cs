using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Catalog;

/// <summary>Asks the tables of codes whether a word is in them.</summary>
internal sealed class KnownCodes(CrmDbContext db)
{
    public Task<bool> HasSource(string code, CancellationToken ct) =>
        db.Codes.AnyAsync(c => c.Kind == Code.SourceOfDeal && c.Value == code, ct);
}

internal static class CodeRules
{
    public static IRuleBuilderOptions<T, string?> Source<T>(this IRuleBuilder<T, string?> rule, KnownCodes codes) => rule
        .MustAsync(async (text, ct) => text is null || (FieldRules.IsClean(text) && (FieldRules.Kept(text) is not { } code || await codes.HasSource(code, ct))))
        .WithMessage(_ => FieldText.UnknownChoice);
}
