namespace PipelineCrm.Domain;

/// <summary>Text without the difference of upper and lower case: what texts are compared by, here and in the database, whose function fold
/// does the same.</summary>
public static class CaseFolding
{
    /// <summary>
    /// Lower case letter by letter. Lower-casing by the rules of a language would look at a sigma's neighbours and make two characters of
    /// İ, so both are replaced before.
    /// </summary>
    public static string Of(string text) => text.Replace('İ', 'i').Replace('Σ', 'σ').Replace('ς', 'σ').ToLowerInvariant();
}
