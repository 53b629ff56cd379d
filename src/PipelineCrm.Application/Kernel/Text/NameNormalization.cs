using System.Text;

namespace PipelineCrm.Kernel;

/// <summary>Texts that read the same are the same: whatever their Unicode form and width, and however many spaces of whatever kind stand in
/// them.</summary>
internal static class NameNormalization
{
    /// <summary>Keys and values: their case counts.</summary>
    public static readonly IEqualityComparer<string> Exact = new Comparer(StringComparer.Ordinal);

    /// <summary>Names: in whatever case.</summary>
    public static readonly IEqualityComparer<string> OfNames = new Comparer(StringComparer.OrdinalIgnoreCase);

    /// <summary>In compatibility form (NFKC), trimmed, one space where there are several, none beside a Han character.</summary>
    public static string Of(string text)
    {
        var plain = text.Normalize(NormalizationForm.FormKC);
        var form = new StringBuilder(plain.Length);
        var (space, last) = (false, default(Rune));
        foreach (var rune in plain.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = true;
                continue;
            }

            if (space && form.Length > 0 && !IsHan(last) && !IsHan(rune))
            {
                form.Append(' ');
            }

            form.Append(rune.ToString());
            (space, last) = (false, rune);
        }

        return form.ToString();
    }

    public static bool IsHan(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x323AF) or (>= 0xF900 and <= 0xFAFF);

    private sealed class Comparer(StringComparer plain) : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) => x is null || y is null ? x == y : plain.Equals(Of(x), Of(y));

        public int GetHashCode(string obj) => plain.GetHashCode(Of(obj));
    }
}
