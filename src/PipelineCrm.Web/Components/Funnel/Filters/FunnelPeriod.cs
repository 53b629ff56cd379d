using System.Globalization;

namespace PipelineCrm.Web.Components.Funnel;

/// <summary>Periods that are chosen by name. An address holds days: from, and the day that the period ends before.</summary>
public static class FunnelPeriod
{
    public static readonly IReadOnlyList<string> Names = [LastYear, FunnelAddress.Everything, "month", "last-month", "quarter",
        "last-quarter", "year", "last-year"];

    /// <summary>What is shown where nothing is chosen: twelve months, today included.</summary>
    public const string LastYear = "last-12-months";

    /// <summary>What the chooser says of days that no name stands for.</summary>
    public const string Own = "own";

    public static (DateOnly? From, DateOnly? To) Of(string name, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        var quarter = month.AddMonths(-((today.Month - 1) % 3));
        var year = new DateOnly(today.Year, 1, 1);
        return name switch
        {
            LastYear => (today.AddYears(-1).AddDays(1), today.AddDays(1)),
            "month" => (month, month.AddMonths(1)),
            "last-month" => (month.AddMonths(-1), month),
            "quarter" => (quarter, quarter.AddMonths(3)),
            "last-quarter" => (quarter.AddMonths(-3), quarter),
            "year" => (year, year.AddYears(1)),
            "last-year" => (year.AddYears(-1), year),
            _ => (null, null),
        };
    }

    public static (string? From, string? To) Texts(string name,
        DateOnly today) => Of(name, today) is var (from, to) ? (Text(from), Text(to)) : default;

    public static string NameOf(string? from, string? to, DateOnly today) =>
        Names.FirstOrDefault(name => Of(name, today) is var (start, end) && Text(start) == from && Text(end) == to) ?? Own;

    public static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
