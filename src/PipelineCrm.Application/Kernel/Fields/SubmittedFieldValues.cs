using System.Collections;
using System.Text.Json;
using PipelineCrm.Domain;

namespace PipelineCrm.Kernel;

/// <summary>
/// Fields of a deal or customer as they were sent, by their names: what stands in it as null is emptied, what does not is left as it is.
/// The catalogue of facts says which there are and what their values must be.
/// </summary>
public abstract class SubmittedFieldValues : IEnumerable<KeyValuePair<string, JsonElement?>>, IEquatable<SubmittedFieldValues>
{
    private readonly Dictionary<string, JsonElement?> _sent = new(StringComparer.Ordinal);

    /// <summary>A value as it is written in JSON, or one of the types that are written so.</summary>
    public object? this[string field]
    {
        init => Put(field, value);
    }

    public IEnumerable<string> Keys => _sent.Keys;

    public bool Sends(string field) => _sent.ContainsKey(field);

    /// <summary>Null where it is not sent, or sent to be emptied.</summary>
    public JsonElement? ValueOf(string field) => _sent.GetValueOrDefault(field);

    /// <summary>Names that were sent where no field of that name stands.</summary>
    public ISet<string> Misplaced { get; } = new HashSet<string>();

    /// <summary>Whether the same is sent.</summary>
    public bool Equals(SubmittedFieldValues? other) => other is not null && other.GetType() == GetType() && _sent.Count == other._sent.Count
        && _sent.All(field => other._sent.TryGetValue(field.Key, out var value) && Same(field.Value, value));

    public override bool Equals(object? obj) => Equals(obj as SubmittedFieldValues);

    public override int GetHashCode() => _sent.Count;

    private static bool Same(JsonElement? one, JsonElement? other) => (one, other) switch
    {
        ({ } left, { } right) => JsonElement.DeepEquals(left, right),
        _ => one is null && other is null,
    };

    /// <summary>Fields with a text that is none: half of a character, or bytes that are none.</summary>
    internal ISet<string> Unwritable { get; } = new HashSet<string>();

    internal void Put(string field, object? value)
    {
        JsonElement? json = value switch
        {
            null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            JsonElement ready => ready,
            _ => JsonSerializer.SerializeToElement(value, value.GetType(), WireNames.Json),
        };
        if (value is string text ? json?.GetString() != text : json is { } sent && !FactJson.IsReadable(sent))
        {
            Unwritable.Add(field);
            json = null;
        }

        _sent[field] = json;
    }

    public IEnumerator<KeyValuePair<string, JsonElement?>> GetEnumerator() => _sent.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
