using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Which deals a board shows; everything unset: all that the viewer may see.</summary>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Search">Part of the title, or of the customer's name, mail or phone.</param>
/// <param name="Filter">JSON: conditions on facts (docs/api.md, filter).</param>
public sealed record BoardFilter(UserId? Owner = null, TeamId? Team = null, string? Search = null, string? Source = null, string? Filter = null);

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

/// <param name="Completed">How many were completed in the last 30 days; <paramref name="Lost"/> likewise.</param>
public sealed record BoardView(IReadOnlyList<BoardColumn> Columns, BoardStrip Completed, BoardStrip Lost);

/// <summary>A narrow strip beside the columns.</summary>
public sealed record BoardStrip(long Count, long Last30Days);
