using System.Text.Json.Serialization;

namespace PipelineCrm.Imports;

/// <summary>How the columns of somebody's files become teams, users, products, customers and deals. Read from JSON:
/// docs/import-mapping.md.</summary>
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

    /// <summary>In the order in which they are read: what a row refers to stands in its own or an earlier file, or in the
    /// database.</summary>
    public required IReadOnlyList<MappedFile> Files { get; init; }
}

/// <summary>One kind of file, recognised by having all the columns that its records name.</summary>
/// <param name="Records">What each row makes, in this order.</param>
internal sealed record MappedFile(string Name, IReadOnlyList<MappedRecord> Records)
{
    /// <summary>Every column that its records name.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Columns { get; } = [.. Records.SelectMany(record => record.Expressions).SelectMany(one => one.Columns)
        .Distinct()];
}

internal enum RecordKind
{
    Team = 1,
    User = 2,
    Product = 3,
    Customer = 4,
    Deal = 5,
}

internal sealed record PlaceholderCustomer(string Name);
