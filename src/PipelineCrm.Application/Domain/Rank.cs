using System.Text;

namespace PipelineCrm.Domain;

/// <summary>
/// Places in a column as text that sorts by byte: between any two there is always another, so that placing a card writes one row.
/// A key is a whole part, whose first letter says how many digits follow (a: 1, b: 2, … upwards; Z: 1, Y: 2, … below), and a fraction.
/// </summary>
public static class Rank
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string First = "a0";

    /// <summary>A key above (sorting before) all others; null: the column is empty.</summary>
    public static string Above(string? top) => Between(null, top);

    /// <summary>A key below all others.</summary>
    public static string Below(string? bottom) => Between(bottom, null);

    /// <summary>A key between two neighbours; null for no neighbour on that side.</summary>
    public static string Between(string? above, string? below)
    {
        if (above is not null && below is not null && string.CompareOrdinal(above, below) >= 0)
        {
            throw new ArgumentException("The neighbours are not in order.", nameof(below));
        }

        return (above, below) switch
        {
            (null, null) => First,
            (null, { } next) => BeforeWhole(next),
            ({ } last, null) => Step(Whole(last), up: true) ?? Whole(last) + Middle(Fraction(last), null),
            ({ } last, { } next) => Inside(last, next),
        };
    }

    private static string BeforeWhole(string next)
    {
        var whole = Whole(next);
        return whole.Length < next.Length ? whole : Step(whole, up: false) ?? whole + Middle("", Fraction(next));
    }

    private static string Inside(string last, string next)
    {
        var whole = Whole(last);
        if (whole == Whole(next))
        {
            return whole + Middle(Fraction(last), Fraction(next));
        }

        return Step(whole, up: true) is { } following && string.CompareOrdinal(following, next) < 0
            ? following
            : whole + Middle(Fraction(last), null);
    }

    private static string Whole(string key)
    {
        var length = key[0] is >= 'a' and <= 'z' ? key[0] - 'a' + 2 : 'Z' - key[0] + 2;
        return key.Length >= length ? key[..length] : key.PadRight(length, '0');
    }

    private static string Fraction(string key) => key[Math.Min(key.Length, Whole(key).Length)..];

    /// <summary>The next whole part up or down; null at the end of all.</summary>
    private static string? Step(string whole, bool up)
    {
        var digits = whole[1..].ToCharArray();
        var (from, to) = up ? ('z', '0') : ('0', 'z');
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] != from)
            {
                digits[i] = Digits[Digits.IndexOf(digits[i], StringComparison.Ordinal) + (up ? 1 : -1)];
                return whole[0] + new string(digits);
            }

            digits[i] = to;
        }

        var (edge, other) = up ? ('Z', 'a') : ('a', 'Z');
        if (whole[0] == edge)
        {
            return other + new string(to, 1);
        }

        if (whole[0] == (up ? 'z' : 'A'))
        {
            return null;
        }

        var head = (char)(whole[0] + (up ? 1 : -1));
        var longer = up ? head > 'a' : head < 'Z';
        return head + (longer ? new string(to, digits.Length + 1) : new string(to, digits.Length - 1));
    }

    /// <summary>A fraction between two; null above all. It never ends in 0, so there is room below it.</summary>
    private static string Middle(string low, string? high)
    {
        var result = new StringBuilder();
        for (var i = 0; ; i++)
        {
            var from = i < low.Length ? Digits.IndexOf(low[i], StringComparison.Ordinal) : 0;
            var to = high is not null && i < high.Length ? Digits.IndexOf(high[i], StringComparison.Ordinal) : Digits.Length;
            if (to - from > 1)
            {
                return result.Append(Digits[(from + to) / 2]).ToString();
            }

            result.Append(Digits[from]);
            if (from < to)
            {
                high = null;
            }
        }
    }
}
