using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PipelineCrm.Kernel;

/// <summary>Values by the names of fields, as JSON and always in the order of those names; equal where all values are. What is empty is not
/// in it.</summary>
[JsonConverter(typeof(Converter))]
public sealed class JsonFieldDictionary(IEnumerable<KeyValuePair<string, JsonElement>> values)
: IReadOnlyDictionary<string, JsonElement>, IEquatable<JsonFieldDictionary>
{
    public static readonly JsonFieldDictionary None = new([]);

    private readonly SortedList<string, JsonElement> _values = new(values.ToDictionary(), StringComparer.Ordinal);

    public JsonElement this[string key] => _values[key];

    public IEnumerable<string> Keys => _values.Keys;

    public IEnumerable<JsonElement> Values => _values.Values;

    public int Count => _values.Count;

    public bool ContainsKey(string key) => _values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonElement value) => _values.TryGetValue(key, out value);

    public bool Equals(JsonFieldDictionary? other) => other is not null && Count == other.Count
        && _values.All(field => other._values.TryGetValue(field.Key, out var value) && JsonElement.DeepEquals(field.Value, value));

    public override bool Equals(object? obj) => Equals(obj as JsonFieldDictionary);

    public override int GetHashCode() => Count;

    public IEnumerator<KeyValuePair<string, JsonElement>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Converter : JsonConverter<JsonFieldDictionary>
    {
        public override JsonFieldDictionary Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(ref reader, options)!);

        public override void Write(Utf8JsonWriter writer, JsonFieldDictionary value,
            JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value._values, options);
    }
}
