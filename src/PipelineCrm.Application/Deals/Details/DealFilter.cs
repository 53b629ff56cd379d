using PipelineCrm.Domain;

namespace PipelineCrm.Deals;

/// <summary>Which deals a list holds; everything unset: all that the reader may see.</summary>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Search">Part of the title, or of the customer's name, mail or phone.</param>
/// <param name="Archived">Archived ones instead of the others.</param>
/// <param name="Filter">JSON: conditions on facts (docs/api.md, filter).</param>
public sealed record DealFilter(
    Stage? Stage = null,
    Outcome? Outcome = null,
    UserId? Owner = null,
    TeamId? Team = null,
    CustomerId? Customer = null,
    string? Source = null,
    string? Search = null,
    bool Archived = false,
    string? Filter = null);
