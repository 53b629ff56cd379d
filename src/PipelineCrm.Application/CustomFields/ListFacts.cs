using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.CustomFields;

/// <summary>Every fact there is of deals and customers (docs/api.md, GET facts); pages take names, controls and choices from it.</summary>
public static class ListFacts
{
    /// <param name="WithUnused">Whether choices are listed too that are no longer offered: old records name them.</param>
    public sealed record Query(bool WithUnused = false) : IRequest<IReadOnlyList<FactView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, CurrentFactCatalog facts) : IHandler<Query, IReadOnlyList<FactView>>
    {
        public async Task<Result<IReadOnlyList<FactView>>> Handle(Query request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            var codes = (await db.Codes.AsNoTracking().Where(code => code.Active || request.WithUnused).OrderBy(code => code.Position)
                .ThenBy(code => code.Value).ToListAsync(ct))
                .ToLookup(code => code.Kind,
                    code => new FactChoice(code.Value, new LocalizedText(code.NameEn, code.NameZh)) { Active = code.Active });
            return Result<IReadOnlyList<FactView>>.Of(
                [.. catalog.All.Select(fact => FactView.Of(fact, Choices(fact, codes, request.WithUnused)))]);
        }

        private static IReadOnlyList<FactChoice>? Choices(FactDefinition fact, ILookup<string, FactChoice> codes,
            bool withUnused) => fact.Choices switch
            {
                { Kind: ChoiceKind.Listed, Listed: { } listed } => [.. listed.Where(choice => choice.Offered || withUnused)
                .Select(choice => new FactChoice(choice.Code, choice.Name) { Active = choice.Offered })],
                { Kind: ChoiceKind.Codes, CodeKind: { } kind } => [.. codes[kind]],
                _ => null,
            };
    }
}

/// <summary>One value that may be chosen.</summary>
public sealed record FactChoice(string Code, LocalizedText Name)
{
    /// <summary>Whether it can still be chosen.</summary>
    [JsonIgnore]
    public bool Active { get; init; } = true;
}
