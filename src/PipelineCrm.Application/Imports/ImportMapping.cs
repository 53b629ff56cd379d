using System.Text.Json.Serialization;
using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>How the columns of somebody's files become teams, users, products, customers and deals. Read from JSON: docs/import-mapping.md.</summary>
internal sealed record ImportMapping
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>Also the first part of every external key, so that a second import recognises what the first one made.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>IANA id of the zone that the files' dates are in; null: the organisation's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>.NET custom formats, tried in order.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd"];

    public string DecimalSeparator { get; init; } = ".";

    /// <summary>Null: numbers are written without one.</summary>
    public string? ThousandsSeparator { get; init; }

    /// <summary>By name: a value as the files have it → as it is meant. A value that is not listed stays.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ValueMaps { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>In the order in which they are read: what a row refers to stands in its own or an earlier file, or in the database.</summary>
    public required IReadOnlyList<MappedFile> Files { get; init; }
}

/// <summary>One kind of file, recognised by having all the columns that its records name.</summary>
/// <param name="Records">What each row makes, in this order.</param>
internal sealed record MappedFile(string Name, IReadOnlyList<MappedRecord> Records)
{
    /// <summary>Every column that its records name.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Columns { get; } = [.. Records.SelectMany(record => record.Expressions).SelectMany(one => one.Columns).Distinct()];
}

internal enum RecordKind
{
    Team = 1,
    User = 2,
    Product = 3,
    Customer = 4,
    Deal = 5,
}

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

internal sealed record PlaceholderCustomer(string Name);

/// <summary>How a deal's way along the path is told: by the same steps for every row, or by those of the row's stage value.</summary>
internal sealed record StageMapping(
    Expression? Value = null,
    IReadOnlyDictionary<string, IReadOnlyList<MappedStep>>? Cases = null,
    IReadOnlyList<MappedStep>? Steps = null)
{
    [JsonIgnore]
    public IEnumerable<IReadOnlyList<MappedStep>> Ways => Cases?.Values ?? (Steps is null ? [] : [Steps]);

    [JsonIgnore]
    public IEnumerable<Expression> Expressions => [.. Value is null ? Array.Empty<Expression>() : [Value], .. Ways.SelectMany(way => way).SelectMany(step => step.Expressions)];
}

/// <summary>One change of stage or outcome. The kind of move follows from where the deal stands.</summary>
/// <param name="To">A stage, lost or completed.</param>
/// <param name="At">When; without it the way has this one step and is a move like any other, judged at the import's instant.</param>
/// <param name="Optional">A row whose date is empty leaves the step out.</param>
/// <param name="DateUnknown">Of a step without a date: the stage was entered before, nobody knows when, so no time in it is counted.</param>
/// <param name="Set">Fields of the deal that get their value with this step.</param>
/// <param name="Reason">Of a loss: the reason's code.</param>
internal sealed record MappedStep(
    Place To,
    Expression? At = null,
    bool Optional = false,
    bool DateUnknown = false,
    IReadOnlyDictionary<string, Expression>? Set = null,
    Expression? Reason = null)
{
    [JsonIgnore]
    public IEnumerable<Expression> Expressions =>
        [.. At is null ? Array.Empty<Expression>() : [At], .. Set?.Values ?? [], .. Reason is null ? Array.Empty<Expression>() : [Reason]];
}
