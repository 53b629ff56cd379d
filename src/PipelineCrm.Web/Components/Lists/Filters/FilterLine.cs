namespace PipelineCrm.Web.Components.Lists;

/// <summary>A line of the filter's form: a condition, or a group with lines of its own.</summary>
public sealed class FilterLine
{
    /// <summary>Null: a group.</summary>
    public FilterDraft? Draft { get; set; }

    /// <summary>Whether all of a group must hold, or any.</summary>
    public bool All { get; set; }

    public List<FilterLine> Parts { get; } = [];

    public IEnumerable<FilterLine> Leaves => Draft is not null ? [this] : Parts.SelectMany(part => part.Leaves);
}
