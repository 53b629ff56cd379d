using System.Text;

namespace PipelineCrm.Access;

/// <summary>
/// Passwords that guessing begins with: those of the list beside this file, also in other letters (p4ssw0rd), with digits
/// and marks around, doubled or joined; walks over the keyboard, the alphabet or the digits; one short piece repeated.
/// </summary>
internal static class CommonPasswords
{
    private const int LongestRepeatedPiece = 4;
    private const int ShortestWalkPiece = 3;
    private const int LongestAddition = 5;

    private static readonly string[] Walks =
    [
        "01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm",
        "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujmikolp", "!@#$%^&*()",
    ];

    private static readonly HashSet<string> Words = Read();

    public static bool Include(string password)
    {
        var lower = password.ToLowerInvariant();
        var trimmed = lower.Trim([.. lower.Where(letter => !char.IsLetter(letter))]);
        return Words.Contains(lower)
            || Repeats(lower)
            || IsWalk(lower)
            || (HasLittleAround(lower) && IsMadeOfWords(Core(lower)))
            || (lower.Length - trimmed.Length <= LongestAddition && IsMadeOfWords(Core(Plain(trimmed))))
            || IsMadeOfWords(Core(Plain(lower)));
    }

    private static HashSet<string> Read()
    {
        using var stream = typeof(CommonPasswords).Assembly.GetManifestResourceStream("PipelineCrm.Access.Passwords.common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#')];
    }

    /// <summary>Undoes the usual substitutions: 4 for a, 0 for o, and so on.</summary>
    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            plain.Append(letter switch
            {
                '4' or '@' => 'a',
                '3' => 'e',
                '1' or '!' => 'i',
                '0' => 'o',
                '5' or '$' => 's',
                '7' => 't',
                '8' => 'b',
                '9' => 'g',
                _ => letter
            });
        }

        return plain.ToString();
    }

    /// <summary>The letters, without digits, marks and spaces.</summary>
    private static string Core(string text) => string.Concat(text.Where(char.IsLetter));

    /// <summary>Whether what stands around the letters is as easy to guess: a few digits and marks, or a walk over them.</summary>
    private static bool HasLittleAround(string text)
    {
        var around = string.Concat(text.Where(letter => !char.IsLetter(letter)));
        return around.Length <= LongestAddition || Repeats(around) || IsWalk(around);
    }

    private static bool Repeats(string text) =>
        Enumerable.Range(1, LongestRepeatedPiece).Any(piece => Enumerable.Range(0, text.Length).All(i => text[i] == text[i % piece]));

    /// <summary>Whether the text falls into pieces of known walks, forwards or backwards.</summary>
    private static bool IsWalk(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var length = LongestWalkAt(text, at);
            if (length < ShortestWalkPiece)
            {
                return false;
            }

            at += length;
        }

        return true;
    }

    private static int LongestWalkAt(string text, int at)
    {
        for (var length = text.Length - at; length >= ShortestWalkPiece; length--)
        {
            var piece = text.Substring(at, length);
            var backwards = string.Concat(piece.Reverse());
            if (Walks.Any(walk => walk.Contains(piece, StringComparison.Ordinal) || walk.Contains(backwards, StringComparison.Ordinal)))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>One or two words of the list are no more than that list to guess.</summary>
    private static bool IsMadeOfWords(string text) =>
        Words.Contains(text)
            || Enumerable.Range(1, Math.Max(0, text.Length - 1)).Any(cut => Words.Contains(text[..cut]) && Words.Contains(text[cut..]));
}
