using System.Globalization;

namespace PipelineCrm.Timeline;

/// <summary>Where an entry stands in a history, newest first: by when it happened, then by what it is, then by its number.</summary>
internal readonly record struct TimelineCursor(DateTimeOffset At, TimelineKind Kind, long Number)
{
    /// <summary>Before every entry.</summary>
    public static readonly TimelineCursor Newest = new(new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero), 0, 0);

    /// <summary>What a page comes after; before every entry for the first one.</summary>
    public static TimelineCursor StartOf(PageRequest page) => page.After is { } text && TryRead(text, out var last) ? last : Newest;

    public string Write() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks / TimeSpan.TicksPerMicrosecond}-{(short)Kind}-{Number}");

    public static bool TryRead(string text, out TimelineCursor place)
    {
        place = default;
        var parts = text.Split('-');
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            || at > Newest.At.UtcTicks / TimeSpan.TicksPerMicrosecond
            || !short.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var kind)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        place = new TimelineCursor(new DateTimeOffset(at * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero), (TimelineKind)kind, number);
        return true;
    }
}
