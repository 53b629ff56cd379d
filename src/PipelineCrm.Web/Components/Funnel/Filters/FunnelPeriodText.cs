using Microsoft.Extensions.Localization;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>The period or instant of a funnel, as people read it: with its last day, not the day after.</summary>
public static class FunnelPeriodText
{
    public static string Of(FunnelAddress address, DateTimeOffset instant, Formats formats, IStringLocalizer texts)
    {
        if (address.Snapshot)
        {
            return FunnelPeriod.Day(address.At) is { } day ? texts["AtStartOf", Formats.FullDay(day)]
                : texts["AtInstant", formats.Instant(instant)];
        }

        var (from, to) = (Start(address.Days.From), Start(address.Days.To, -1));
        return (from, to) switch
        {
            (null, null) => texts["AllTime"],
            ({ } first, null) => texts["SinceDay", first],
            (null, { } last) => texts["UntilDay", last],
            ({ } first, { } last) => texts["FromTo", first, last],
        };
    }

    private static string? Start(string? text,
        int days = 0) => FunnelPeriod.Day(text) is { } day ? Formats.FullDay(day.AddDays(days)) : text;
}
