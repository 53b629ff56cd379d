namespace PipelineCrm.Funnel;

/// <summary>
/// What a funnel is asked about, in the words of the address line: pages and API pass on what was typed,
/// so that both are read by the same rules and say the same where something is wrong.
/// </summary>
/// <param name="Meaning">One of <see cref="FunnelMeaning"/>; passed where it is missing.</param>
/// <param name="From">First day, or instant, of the period; missing: from the beginning.</param>
/// <param name="To">The day, or instant, that the period ends before; missing: no end.</param>
/// <param name="At">Snapshot only: a day (its start) or an instant, not in the future; missing: now.</param>
/// <param name="Team">Includes its subtree.</param>
/// <param name="Filter">JSON: conditions on facts (docs/api.md, filter), on their present values; not of a past instant.</param>
public sealed record FunnelScope(
    string? Meaning = null,
    string? From = null,
    string? To = null,
    string? At = null,
    string? Unit = null,
    string? Team = null,
    string? Owner = null,
    string? Source = null,
    string? Product = null,
    string? Filter = null);

/// <summary>What a funnel counts.</summary>
public enum FunnelUnit
{
    Deals = 1,
    Customers = 2,
}
