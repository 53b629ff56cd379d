namespace PipelineCrm.Persistence.Sql;

/// <summary>Patterns for <c>like</c> in which what a person typed stands for itself.</summary>
internal static class LikePattern
{
    public static string Containing(string text) => $"%{Literal(text)}%";

    private static string Literal(string text) => text
        .Replace(@"\", @"\\", StringComparison.Ordinal)
        .Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);
}
