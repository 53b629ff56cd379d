using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Texts;

namespace PipelineCrm.Imports;

/// <summary>Thrown where a mapping cannot be used; the sentence says what is wrong with it. Caught by the use case.</summary>
internal sealed class BrokenMappingException(string sentence, Exception? inner = null) : Exception(sentence, inner);

/// <summary>Reads mappings: those that ship with the product by name, an admin's own from JSON. What is read has been checked.</summary>
internal static class MappingReader
{
    private const string Folder = "PipelineCrm.Imports.Mappings.";
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
            mapping = JsonSerializer.Deserialize<ImportMapping>(json, Json) ?? throw new BrokenMappingException(ImportText.EmptyMapping);
        }
        catch (JsonException bad)
        {
            throw new BrokenMappingException(MappingMistake.Of(bad), bad);
        }

        return new MappingCheck(catalog ?? FactCatalog.BuiltIn).FirstFlaw(mapping) is { } flaw ? throw new BrokenMappingException(flaw) : Folded(mapping);
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
        var folded = new Dictionary<string, T>(NameForm.Exact);
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

/// <summary>What the form of the JSON alone does not say of a mapping.</summary>
internal sealed partial class MappingCheck(FactCatalog catalog)
{
    private readonly IReadOnlyDictionary<RecordKind, IReadOnlyList<ImportField>> _fields = ImportFields.In(catalog);

    /// <summary>A sentence about the first thing that is wrong; null where nothing is.</summary>
    public string? FirstFlaw(ImportMapping mapping) => Flaws(mapping).FirstOrDefault();

    private IEnumerable<string> Flaws(ImportMapping mapping)
    {
        if (!Slug().IsMatch(mapping.Name))
        {
            yield return "name takes 1 to 40 of a to z, 0 to 9 and -.";
        }

        if (mapping.TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(mapping.TimeZone, out _))
        {
            yield return $"there is no time zone {mapping.TimeZone}.";
        }

        if (mapping.DateFormats.Count == 0 || mapping.Files.Count == 0)
        {
            yield return "it needs at least one date format and one file.";
        }

        foreach (var (file, record) in mapping.Files.SelectMany(file => file.Records.Select(record => (file, record))))
        {
            var where = $"{file.Name}, {record.Make.ToWire()}: ";
            foreach (var flaw in OfRecord(mapping, record).Concat(record.Stage is null ? [] : OfStage(record.Make, record.Stage)))
            {
                yield return where + flaw;
            }
        }
    }

    private IEnumerable<string> OfRecord(ImportMapping mapping, MappedRecord record)
    {
        var known = _fields[record.Make];
        foreach (var field in record.Fields.Keys.Where(name => known.All(field => field.Name != name)))
        {
            yield return $"there is no field {field}; there are {string.Join(", ", known.Select(one => one.Name))}.";
        }

        foreach (var field in known.Where(field => field.Required && !record.Fields.ContainsKey(field.Name)))
        {
            yield return $"the field {field.Name} is missing.";
        }

        foreach (var map in record.Expressions.SelectMany(one => one.Maps).Where(map => !mapping.ValueMaps.ContainsKey(map)))
        {
            yield return $"there is no value map {map}.";
        }

        if (!record.Key.Columns.Any())
        {
            yield return "the key reads no column.";
        }

        if (record.Make == RecordKind.Deal && record.Placeholder is null && !record.Fields.ContainsKey(ImportFields.Customer))
        {
            yield return "a deal needs the field customer or a placeholder.";
        }
    }

    private IEnumerable<string> OfStage(RecordKind make, StageMapping stage)
    {
        if (make != RecordKind.Deal)
        {
            yield return "only a deal has stages.";
        }

        if ((stage.Steps is null) == (stage.Cases is null) || (stage.Cases is null) != (stage.Value is null))
        {
            yield return "stage takes either steps, or value and cases.";
        }

        foreach (var way in stage.Ways)
        {
            foreach (var flaw in OfWay(way))
            {
                yield return flaw;
            }
        }
    }

    private IEnumerable<string> OfWay(IReadOnlyList<MappedStep> way)
    {
        if (way.Count == 0)
        {
            yield return "a way along the stages needs a step.";
            yield break;
        }

        if (way.Any(step => step.At is null) && (way.Count > 1 || way[0].Optional || way[0].Set is not null))
        {
            yield return "a step without a date stands alone: it is a move at the import's instant.";
        }

        if (way.Any(step => step is { DateUnknown: true, At: not null }))
        {
            yield return "dateUnknown is for a step without a date.";
        }

        if (way.SelectMany(step => step.Set?.Keys ?? []).FirstOrDefault(name => !OfStep.Contains(name)) is { } field)
        {
            yield return $"a step cannot set {field}; it can set {string.Join(", ", OfStep.Order())}.";
        }

        if (way.Any(step => step.Reason is not null && step.To != Place.Lost))
        {
            yield return "only a step to lost has a reason.";
        }

        if (way.All(step => !step.Optional) && FirstImpossible(way) is { } impossible)
        {
            yield return impossible;
        }
    }

    private IEnumerable<string> OfStep => _fields[RecordKind.Deal].Where(ImportFields.IsOfStep).Select(one => one.Name);

    private static string? FirstImpossible(IReadOnlyList<MappedStep> way)
    {
        Position? at = null;
        foreach (var step in way)
        {
            if (ImportPath.Step(at, step.To) is not { } possible)
            {
                return $"a deal cannot go from {at?.Place.ToWire() ?? "nothing"} to {step.To.ToWire()}.";
            }

            at = possible.After;
        }

        return null;
    }

    [GeneratedRegex("^[a-z0-9-]{1,40}$")]
    private static partial Regex Slug();
}
