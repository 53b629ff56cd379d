using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>One column.</summary>
/// <param name="Count">Of the whole column, never of the loaded page.</param>
/// <param name="Totals">Sums of the whole column, one per currency, never added across currencies.</param>
public sealed record BoardColumn(Stage Stage, long Count, IReadOnlyList<Money> Totals, IReadOnlyList<DealView> Items, string? Next)
{
    /// <summary>The totals weighted by the stage's probability.</summary>
    public IReadOnlyList<Money> Weighted { get; init; } = [];

    /// <summary>How many days a deal may stay, and from which day to warn, by the rule set in force.</summary>
    public int? MaxDays { get; init; }

    public int? WarnDays { get; init; }

    /// <summary>Whether the rules let the viewer open a deal here.</summary>
    public bool MayCreate { get; init; }
}
