using System.Collections;

namespace PipelineCrm.Domain;

/// <summary>Facts by their keys, equal where all values are; what is empty is not in it.</summary>
public sealed class FactValues : IEnumerable<KeyValuePair<string, Fact>>, IEquatable<FactValues>
{
    public static readonly FactValues None = new([]);

    private readonly Dictionary<string, Fact> _values;

    private FactValues(Dictionary<string, Fact> values) => _values = values;

    public static FactValues Of(IEnumerable<KeyValuePair<string, Fact>> values) => None.With(values);

    /// <summary>Empty where there is none.</summary>
    public Fact this[string key] => _values.TryGetValue(key, out var fact) ? fact : Fact.Empty;

    public string? Text(string key) => this[key].Value as string;

    public decimal? Number(string key) => this[key].Value as decimal?;

    public DateOnly? Day(string key) => this[key].Value as DateOnly?;

    public FactValues With(string key, Fact value) => With([new(key, value)]);

    public FactValues With(IEnumerable<KeyValuePair<string, Fact>> values)
    {
        var changed = new Dictionary<string, Fact>(_values);
        foreach (var (key, value) in values)
        {
            if (value.Value is null)
            {
                changed.Remove(key);
            }
            else
            {
                changed[key] = value;
            }
        }

        return new FactValues(changed);
    }

    public bool Equals(FactValues? other) =>
        other is not null && _values.Count == other._values.Count
            && _values.All(pair => other._values.TryGetValue(pair.Key, out var value) && value == pair.Value);

    public override bool Equals(object? obj) => Equals(obj as FactValues);

    public override int GetHashCode() => _values.Count;

    public IEnumerator<KeyValuePair<string, Fact>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
