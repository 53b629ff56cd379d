using System.Globalization;

namespace PipelineCrm.Kernel;

/// <summary>Counts characters as people do: what stands as one on the screen is one, however many code units or accents it is made
/// of.</summary>
internal static class Characters
{
    /// <summary>More code units than any writing needs for a character, so that a pile of accents is not without end.</summary>
    private const int UnitsEach = 20;

    public static int In(string text) => new StringInfo(text).LengthInTextElements;

    public static bool AtMost(string text, int limit) => text.Length <= limit || (text.Length <= limit * UnitsEach && In(text) <= limit);
}
