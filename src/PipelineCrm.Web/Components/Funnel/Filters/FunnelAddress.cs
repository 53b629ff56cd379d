using System.Globalization;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>What the funnel page shows, as its address says it; every link of the page is made of it.</summary>
/// <param name="AllTime">No period at all, which is asked for by name.</param>
/// <param name="Today">Where the address says nothing of a period, the twelve months that end on this day are shown; null: all
/// time.</param>
public sealed record FunnelAddress(
    string? Meaning, string? From, string? To, string? At, string? Team, string? Owner, string? Source, bool AllTime = false,
    DateOnly? Today = null)
{
    public const string Everything = "all";

    /// <summary>The period that is shown, as an address would say it.</summary>
    public (string? From, string? To) Days => (From, To, At) is (null, null, null) && !AllTime && !Snapshot && Today is { } today
        ? FunnelPeriod.Texts(FunnelPeriod.LastYear, today)
        : (From, To);

    public bool Snapshot => Meaning == SnapshotMeaning;

    public bool Narrowed => From is not null || To is not null || At is not null || Team is not null || Owner is not null
        || Source is not null;

    public FunnelScope Scope => new(Meaning, Days.From, Days.To, At, Team: Team, Owner: Owner, Source: Source);

    /// <summary>Whether every day of it can be read at all: an address may be written by hand.</summary>
    public bool Readable => new[] { From, To, At }.All(text =>
        string.IsNullOrEmpty(text) || FunnelPeriod.Day(text) is not null
            || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _));

    public string Page => "/funnel" + Query();

    public string File => "/funnel.csv" + Shown.Query();

    public string Deals(FunnelNumber number, Stage? stage = null, string? reason = null, string? currency = null) =>
        "/funnel/deals" + NumberQuery(this, number.ToWire(), stage?.ToWire(), reason, currency);

    public string DealsFile(string? number, string? stage, string? reason, string? currency) =>
        "/funnel/deals.csv" + NumberQuery(Shown, number, stage, reason, currency);

    public FunnelAddress As(FunnelMeaning meaning) =>
        meaning == FunnelMeaning.Snapshot ? this with { Meaning = SnapshotMeaning, From = null, To = null, AllTime = false }
            : this with { Meaning = null, At = null };

    private static readonly string SnapshotMeaning = FunnelMeaning.Snapshot.ToWire();

    /// <summary>With the period in it: a file's address says which days it holds.</summary>
    private FunnelAddress Shown => this with { From = Days.From, To = Days.To };

    private static string NumberQuery(FunnelAddress of, string? number, string? stage, string? reason, string? currency) =>
        of.Query(("stage", stage), ("number", number), ("reason", reason), ("currency", currency));

    private string Query(params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] own =
            [("meaning", Meaning), ("from", From), ("to", To), ("at", At), ("team", Team), ("owner", Owner), ("source", Source),
                ("period", AllTime ? Everything : null)];
        var given = own.Concat(more).Where(one => !string.IsNullOrEmpty(one.Value))
            .Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}").ToList();
        return given.Count == 0 ? "" : "?" + string.Join('&', given);
    }
}
