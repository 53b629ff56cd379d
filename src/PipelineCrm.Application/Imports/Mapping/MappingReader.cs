using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Domain;
using PipelineCrm.Localization;

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

    /// <param name="catalog">The facts there are; null: the built-in ones.</param>
    public static ImportMapping Read(string json, FactCatalog? catalog = null)
    {
        ImportMapping mapping;
        try
        {
            mapping = JsonSerializer.Deserialize<ImportMapping>(json, Json)
                ?? throw new InvalidMappingException(ImportMessages.EmptyMapping);
        }
        catch (JsonException bad)
        {
            throw new InvalidMappingException(MappingErrorText.Of(bad), bad);
        }

        return new MappingCheck(catalog ?? FactCatalog.BuiltIn).FirstFlaw(mapping) is { } flaw ? throw new InvalidMappingException(flaw)
            : Folded(mapping);
    }

    /// <summary>Values are looked up whatever their spaces and width are.</summary>
    private static ImportMapping Folded(ImportMapping mapping) => mapping with
    {
        ValueMaps = mapping.ValueMaps.ToDictionary(map => map.Key, IReadOnlyDictionary<string, string> (map) => Folded(map.Value)),
        Files = [.. mapping.Files.Select(file => file with { Records = [.. file.Records.Select(Folded)] })],
    };

    private static MappedRecord Folded(MappedRecord record) =>
        record.Stage is { Cases: { } cases } stage ? record with { Stage = stage with { Cases = Folded(cases) } } : record;

    private static Dictionary<string, T> Folded<T>(IReadOnlyDictionary<string, T> values)
    {
        var folded = new Dictionary<string, T>(NameNormalization.Exact);
        foreach (var (value, meant) in values)
        {
            folded.TryAdd(value, meant);
        }

        return folded;
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
