using System.Text.Json;
using System.Text.RegularExpressions;
using PipelineCrm.Localization;

namespace PipelineCrm.Imports;

/// <summary>Says what is wrong with a mapping's JSON in words of the mapping, where the reader speaks of its own types.</summary>
internal static partial class MappingErrorText
{
    private const string Top = "$";
    private const string PlaceholderName = "placeholder";

    public static string Of(JsonException mistake)
    {
        var (path, line) = (mistake.Path ?? Top, (mistake.LineNumber ?? 0) + 1);
        return (Unmapped().Match(mistake.Message), Missing().Match(mistake.Message), mistake) switch
        {
            ({ Success: true } unmapped, _, _) => NoSuchProperty(unmapped.Groups["name"].Value, path, line),
            (_, { Success: true } missing, _) => ImportMessages.PropertiesMissing(
                missing.Groups["names"].Value.Replace("'", "", StringComparison.Ordinal)),
            (_, _, AmbiguousSourceException) => ImportMessages.OneSource(path, line),
            (_, _, { InnerException: JsonException }) => ImportMessages.NoJson(line, (mistake.BytePositionInLine ?? 0) + 1),
            _ => ImportMessages.OtherKind(path, line),
        };
    }

    /// <summary>The path ends in the property itself.</summary>
    private static string NoSuchProperty(string name, string path, long line)
    {
        var parent = path.EndsWith("." + name, StringComparison.Ordinal) ? path[..^(name.Length + 1)] : path;
        return name == PlaceholderName ? ImportMessages.PlaceholderOfDeal(line) : ImportMessages.NoSuchProperty(name, parent, line);
    }

    [GeneratedRegex("^The JSON property '(?<name>[^']*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex("missing required properties including: (?<names>.*?)\\.?$")]
    private static partial Regex Missing();
}

/// <summary>A value of a mapping that names no source, or several.</summary>
internal sealed class AmbiguousSourceException() : JsonException("exactly one of column, value and template");
