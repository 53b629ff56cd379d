using System.Text.Json.Serialization;

namespace PipelineCrm.Imports;

/// <summary>How a deal's way along the path is given: by the same steps for every row, or by those of the row's stage value.</summary>
internal sealed record StageMapping(
    Expression? Value = null,
    IReadOnlyDictionary<string, IReadOnlyList<MappedStep>>? Cases = null,
    IReadOnlyList<MappedStep>? Steps = null)
{
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<MappedStep>> Ways => Cases?.Values ?? (Steps is null ? [] : [Steps]);

    [JsonIgnore]
    public IEnumerable<Expression> Expressions => [.. Value is null ? Array.Empty<Expression>() : [Value],
        .. Ways.SelectMany(way => way).SelectMany(step => step.Expressions)];
}
