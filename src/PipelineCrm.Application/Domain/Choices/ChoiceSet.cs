using System.Collections;

namespace PipelineCrm.Domain;

/// <summary>Several values of a list, each once, in one order, so that equal choices are equal.</summary>
public sealed class ChoiceSet : IReadOnlyList<string>, IEquatable<ChoiceSet>
{
    private readonly string[] _codes;

    private ChoiceSet(string[] codes) => _codes = codes;

    /// <summary>Null where nothing is chosen.</summary>
    public static ChoiceSet? Of(IEnumerable<string> codes)
    {
        string[] chosen = [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return chosen.Length == 0 ? null : new ChoiceSet(chosen);
    }

    public int Count => _codes.Length;

    public string this[int index] => _codes[index];

    public bool Equals(ChoiceSet? other) => other is not null && _codes.AsSpan().SequenceEqual(other._codes);

    public override bool Equals(object? obj) => Equals(obj as ChoiceSet);

    public override int GetHashCode() => string.Join('\n', _codes).GetHashCode(StringComparison.Ordinal);

    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)_codes).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
