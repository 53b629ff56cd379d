using System.Text.RegularExpressions;

namespace PipelineCrm.Domain;

/// <summary>Patterns that an admin wrote: matched without backtracking, so that no pattern and no text can stop the machine.</summary>
internal static class TextPattern
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    public static bool IsGood(string pattern)
    {
        try
        {
            _ = new Regex(pattern, Options);
            return true;
        }
        catch (Exception bad) when (bad is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Unknown where the pattern is none or the text takes too long.</summary>
    public static Truth IsMatch(string pattern, string text, TimeSpan atMost)
    {
        try
        {
            return ThreeValuedLogic.Of(Regex.IsMatch(text, pattern, Options, atMost));
        }
        catch (Exception bad) when (bad is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return Truth.Unknown;
        }
    }
}
