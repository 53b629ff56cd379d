using System.Text.RegularExpressions;
using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

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
