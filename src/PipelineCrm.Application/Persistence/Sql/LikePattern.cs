namespace PipelineCrm.Persistence.Sql;

/// <summary>Patterns for <c>ilike</c> in which what a person typed stands for itself.</summary>
internal static class LikePattern
{
    public const string Escape = "\\";

    public static string Containing(string text) => $"%{Literal(text)}%";

    public static string BeginningWith(string text) => $"{Literal(text)}%";

    private static string Literal(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
