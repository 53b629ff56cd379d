using System.Text.Json.Serialization;

namespace PipelineCrm.Imports;

/// <summary>One thing that a row makes, or recognises by its key.</summary>
/// <param name="Key">Where it is empty, the row makes none of this; a deal needs one.</param>
/// <param name="Stage">Of a deal: null opens it in Awareness, as a move like any other.</param>
/// <param name="Placeholder">Of a deal: who stands in where the row names no customer; null makes such a row an error.</param>
internal sealed record MappedRecord(
    RecordKind Make,
    Expression Key,
    IReadOnlyDictionary<string, Expression> Fields,
    StageMapping? Stage = null,
    PlaceholderCustomer? Placeholder = null)
{
    [JsonIgnore]
    public IEnumerable<Expression> Expressions => [Key, .. Fields.Values, .. Stage?.Expressions ?? []];
}
