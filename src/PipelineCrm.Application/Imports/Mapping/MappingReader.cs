using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Imports;

/// <summary>Thrown where a mapping cannot be used; the sentence says what is wrong with it. Caught by the use case.</summary>
internal sealed class InvalidMappingException(string sentence, Exception? inner = null) : Exception(sentence, inner);

/// <summary>Reads mappings: those that ship with the product by name, an admin's own from JSON. What is read has been checked.</summary>
internal static class MappingReader
{
    private const string Folder = "PipelineCrm.Imports.Mapping.";
    private static readonly JsonSerializerOptions Json = CreateJson();

    /// <summary>The names of the mappings that ship.</summary>
    public static IReadOnlyList<string> Shipped { get; } =
    [
        .. typeof(MappingReader).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^".json".Length]).Order(),
    ];

    public static ImportMapping ReadShipped(string name)
    {
        using var stream = typeof(MappingReader).Assembly.GetManifestResourceStream($"{Folder}{name}.json")!;
        using var reader = new StreamReader(stream);
        return Read(reader.ReadToEnd());
    }

    public static ImportMapping Read(string json)
    {
        ImportMapping mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<ImportMapping>(json, Json) ?? throw new InvalidMappingException("it is empty.");
        }
        catch (JsonException bad)
        {
            throw new InvalidMappingException(bad.Message, bad);
        }

        return MappingCheck.FirstFlaw(mapping) is { } flaw ? throw new InvalidMappingException(flaw) : mapping;
    }

    private static JsonSerializerOptions CreateJson()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
