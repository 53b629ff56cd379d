namespace PipelineCrm.Persistence.Catalogue;

/// <summary>What an expression's tokens become in a statement.</summary>
internal sealed record SqlTokens(string Now, string Today, string Zone)
{
    /// <summary>For statements whose parameters are named.</summary>
    public static readonly SqlTokens Named = new("now()", "@today", "@zone");

    /// <summary>Whether a statement names the parameters of <see cref="Named"/>.</summary>
    public static bool AreIn(string sql) =>
        sql.Contains(Named.Today, StringComparison.Ordinal) || sql.Contains(Named.Zone, StringComparison.Ordinal);

    public string In(string sql) => sql.Contains('{', StringComparison.Ordinal)
        ? sql.Replace("{now}", Now, StringComparison.Ordinal).Replace("{today}", Today, StringComparison.Ordinal)
            .Replace("{zone}", Zone, StringComparison.Ordinal)
        : sql;
}
