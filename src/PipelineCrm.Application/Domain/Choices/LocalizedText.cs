using System.Globalization;
using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>The same words in both languages.</summary>
public sealed record LocalizedText(
    [property: JsonPropertyName("en")] string En,
    [property: JsonPropertyName("zh-CN")] string Chinese)
{
    /// <summary>The words in a culture's language; in English where they are missing.</summary>
    public string In(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh" && Chinese.Length > 0 ? Chinese : En;

    public static implicit operator LocalizedText((string En, string Chinese) words) => new(words.En, words.Chinese);
}
