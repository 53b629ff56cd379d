namespace PipelineCrm.Deals;

/// <summary>Which deals a board shows; everything unset: all that the viewer may see.</summary>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Search">Part of the title, or of the customer's name, mail or phone.</param>
/// <param name="Filter">JSON: conditions on facts (docs/api.md, filter).</param>
public sealed record BoardFilter(UserId? Owner = null, TeamId? Team = null, string? Search = null, string? Source = null,
    string? Filter = null);

/// <param name="Completed">How many were completed in the last 30 days; <paramref name="Lost"/> likewise.</param>
public sealed record BoardView(IReadOnlyList<BoardColumn> Columns, BoardStrip Completed, BoardStrip Lost);

/// <summary>A narrow strip beside the columns.</summary>
public sealed record BoardStrip(long Count, long Last30Days);
