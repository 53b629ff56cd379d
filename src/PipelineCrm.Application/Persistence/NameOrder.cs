namespace PipelineCrm.Persistence;

/// <summary>The order that names are listed in.</summary>
internal static class NameOrder
{
    /// <summary>The database's collation: Latin letters first, then Chinese by pinyin, numbers inside by their value.</summary>
    public const string Collation = "names";
}
