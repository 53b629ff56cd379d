using PipelineCrm.Domain;

namespace PipelineCrm.Imports;

/// <summary>A team, user, product or customer of the files.</summary>
/// <param name="Key">Its external key, the mapping's name included.</param>
/// <param name="Existing">Whether the database has it already.</param>
internal sealed record PendingRecord(
    RecordKind Kind, Guid Id, string Key, bool Existing, string File, long Row, IReadOnlyDictionary<string, object?> Values)
{
    public bool Placeholder { get; init; }

    /// <summary>What of it is known to the catalogue of facts, by their keys.</summary>
    public FactValues Content { get; init; } = FactValues.None;

    public T? Get<T>(string field) => Values.GetValueOrDefault(field) is T value ? value : default;
}
