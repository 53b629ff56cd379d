using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>Which mapping an import goes by: one that ships, by its name, or the JSON of one's own.</summary>
public sealed record ImportMappingSource(string? Name, string? Json)
{
    public static IReadOnlyList<string> Shipped => MappingReader.Shipped;

    internal ImportMapping Read(FactCatalog catalog) => Json is not null ? MappingReader.Read(Json, catalog)
        : MappingReader.Shipped.Contains(Name) ? MappingReader.ReadShipped(Name!)
        : throw new UnreadableFileException(ImportMessages.UnknownMapping(Name ?? "", string.Join(", ", MappingReader.Shipped)));
}
