using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>The same words in both languages.</summary>
public sealed record LocalizedText(
    [property: JsonPropertyName("en")] string En,
    [property: JsonPropertyName("zh-CN")] string Chinese)
{
    public static implicit operator LocalizedText((string En, string Chinese) words) => new(words.En, words.Chinese);
}
