using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.CustomFields;

/// <summary>A field that an admin added, as it is shown and as the API answers it.</summary>
/// <param name="Position">Smaller ones come first.</param>
/// <param name="Retired">No longer in use: its values stay and are shown, new ones are not taken.</param>
public sealed record CustomFieldView(
    FactSubject Subject, string Key, FactType Type, LocalizedText Name, IReadOnlyList<CustomChoice> Choices, int Position, bool Retired,
    long Version)
{
    /// <summary>What rules, filters and mappings call it.</summary>
    public string FactKey => new CustomField(Subject, Key, Type, Name, Choices, Position, Retired).FactKey;

    internal static CustomFieldView Of(CustomFieldRow row) => new(
        row.Subject, row.Key, row.Type, new LocalizedText(row.NameEn, row.NameZh),
        JsonSerializer.Deserialize<List<CustomChoice>>(row.Choices, WireNames.Json)!,
        row.Position, row.Retired, row.Version);
}
