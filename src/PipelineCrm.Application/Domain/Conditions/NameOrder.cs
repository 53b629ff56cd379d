namespace PipelineCrm.Domain;

/// <summary>How names are ordered wherever they are listed.</summary>
internal static class NameOrder
{
    /// <summary>The database's collation: Latin letters first, then Chinese by pinyin, numbers inside by their value.</summary>
    public const string Collation = "names";

    /// <summary>Behind an expression.</summary>
    public const string Sql = $"collate {Collation}";
}
