using PipelineCrm.Domain;
using PipelineCrm.Localization;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>Columns that a list was asked for, by the keys of their facts.</summary>
internal static class ColumnList
{
    public const int MaxColumns = 40;
    public const string Parameter = "columns";

    /// <summary>None where nothing is asked.</summary>
    /// <param name="text">Keys of facts, comma-separated.</param>
    public static Result<IReadOnlyList<FactDefinition>> Parse(string? text, FactCatalog catalog, FactSubject subject)
    {
        var words = string.IsNullOrWhiteSpace(text) ? [] : text.Split(',', StringSplitOptions.TrimEntries);
        var facts = words.Select(catalog.Find).OfType<FactDefinition>().Where(fact => IsReadable(fact, subject)).Distinct().ToList();
        return facts.Count != words.Length ? ValidationProblem.ForField(Parameter, FieldMessages.UnknownColumn)
            : facts.Count > MaxColumns ? ValidationProblem.ForField(Parameter, FieldMessages.TooManyColumns(MaxColumns))
            : Result<IReadOnlyList<FactDefinition>>.Of(facts);
    }

    /// <summary>What only a request says has no column; a list of customers tells nothing of their deals.</summary>
    private static bool IsReadable(FactDefinition fact, FactSubject subject) =>
        fact.Sql.Length > 0 && (subject == FactSubject.Deal || fact.Subject == FactSubject.Customer);
}
