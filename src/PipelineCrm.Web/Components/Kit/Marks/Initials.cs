using System.Globalization;

namespace PipelineCrm.Web.Components.Kit;

/// <summary>Two letters for a name; of a Chinese name its given name, of which the last character tells people apart.</summary>
public static class Initials
{
    public static string Of(string name)
    {
        var words = name.Split([' ', '\t', '\u00a0', '\u3000', '·', '.', '-', '_', '@'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return "?";
        }

        if (IsHan(words[0]))
        {
            return Characters(words[^1]).Last();
        }

        var first = Characters(words[0]).First();
        return (words.Length == 1 ? first : first + Characters(words[^1]).First()).ToUpper(CultureInfo.CurrentCulture);
    }

    private static bool IsHan(string word) => word[0] is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf';

    private static IEnumerable<string> Characters(string word)
    {
        var elements = StringInfo.GetTextElementEnumerator(word);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }
}
