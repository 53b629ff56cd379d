using System.Collections.Frozen;

namespace PipelineCrm.Organisation;

/// <summary>The time zones that somebody may choose: IANA names of places, and UTC.</summary>
public static class TimeZones
{
    private static readonly string[] Places =
        ["Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];

    public static readonly IReadOnlyList<string> Names =
        ["UTC", .. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id)
            .Where(id => Places.Any(place => id.StartsWith(place, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    internal static readonly FrozenSet<string> All = Names.ToFrozenSet(StringComparer.Ordinal);
}
