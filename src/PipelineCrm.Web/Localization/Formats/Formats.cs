using System.Globalization;
using Microsoft.Extensions.Localization;
using PipelineCrm.Domain;
using PipelineCrm.Web.Components;

namespace PipelineCrm.Web.Localization;

/// <summary>Numbers, money, dates and words as the user writes them.</summary>
public sealed class Formats(Session session, TimeProvider time, IServiceProvider services)
{
    private readonly IStringLocalizer _texts = services.GetRequiredService<IStringLocalizer<KitText>>();

    private static bool Chinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>The present day in the organisation's zone: what "overdue" is measured by.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), OrganisationZone).DateTime);

    public TimeZoneInfo OrganisationZone => Zone(session.Organisation.TimeZone) ?? TimeZoneInfo.Utc;

    public TimeZoneInfo UserZone => Zone(session.TimeZone) ?? OrganisationZone;

    /// <summary>
    /// The one way money is written: with the currency's decimals where there are cents, whole without them.
    /// What is read as one column or row (<paramref name="exact"/> of <see cref="HaveCents"/>) has them all or none.
    /// An old record may have more decimals than its currency: all of them are written, so that a sum shows what its parts show.
    /// </summary>
    public static string Money(decimal amount, string currency, bool exact = false)
    {
        var scale = Kernel.Money.Plain(amount).Scale;
        return Written(amount, currency, scale == 0 && !exact ? 0 : Math.Max(scale, Kernel.Money.Decimals(currency)));
    }

    public static string Money(Money money, bool exact = false) => Money(money.Amount, money.Currency, exact);

    /// <summary>From here on nobody reads the cents of a sum.</summary>
    public const decimal LargeSum = 10_000;

    /// <summary>Sums in several currencies, side by side and never added, by the rule of <see cref="SumsHaveCents"/>.</summary>
    public static string Sums(IReadOnlyCollection<Money> sums)
    {
        var cents = SumsHaveCents(sums);
        return string.Join(" + ", sums.Select(sum => Sum(sum, cents)));
    }

    /// <summary>The same to the cent: what is paid or owed, and what a tooltip tells of a sum that is shown whole.</summary>
    public static string Exact(IReadOnlyCollection<Money> sums)
    {
        var cents = HaveCents(sums);
        return string.Join(" + ", sums.Select(sum => Money(sum, cents)));
    }

    /// <summary>
    /// The one rule for sums that are read together as one figure (a header's currencies, a report's row or column): whole units where each
    /// of them is whole or large (<see cref="LargeSum"/>), else all of them with their currency's decimals. Single amounts are never
    /// rounded.
    /// </summary>
    public static bool SumsHaveCents(IEnumerable<Money> sums) => HaveCents(sums.Where(sum => Math.Abs(sum.Amount) < LargeSum));

    /// <param name="cents">What <see cref="SumsHaveCents"/> says of the figure that the sum is part of.</param>
    public static string Sum(Money sum, bool cents) =>
        cents ? Money(sum, exact: true) : Money(Math.Round(sum.Amount, MidpointRounding.ToEven), sum.Currency);

    /// <summary>Estimates are whole: cents would promise what nobody knows.</summary>
    public static string Estimates(IEnumerable<Money> sums) =>
        string.Join(" + ", sums.Select(sum => Money(Math.Round(sum.Amount, MidpointRounding.ToEven), sum.Currency)));

    /// <summary>Whether any of the amounts has cents: then all of them are written with theirs.</summary>
    public static bool HaveCents(IEnumerable<Money> amounts) =>
        amounts.Any(money => money.Amount != decimal.Truncate(money.Amount));

    private static string Written(decimal amount, string currency, int digits)
    {
        var number = Math.Abs(amount).ToString("N" + digits, CultureInfo.CurrentCulture);
        var sign = amount < 0 ? "−" : "";
        return Symbol(currency) is { } symbol ? $"{sign}{symbol}{number}" : $"{sign}{currency}\u00a0{number}";
    }

    public static string Number(decimal number) => number.ToString("#,##0.####", CultureInfo.CurrentCulture);

    /// <param name="percent">63.15 for 63.15 %.</param>
    /// <param name="exact">With all its decimals, zeros included.</param>
    public static string Percent(decimal percent, int decimals = 1, bool exact = false)
    {
        var number = Math.Round(percent, decimals, MidpointRounding.ToEven)
            .ToString("0." + new string(exact ? '0' : '#', decimals), CultureInfo.CurrentCulture);
        return Chinese ? $"{number}%" : $"{number}\u00a0%";
    }

    /// <summary>A day, without the year where it is the present one.</summary>
    public string Day(DateOnly day) => day.Year == Today.Year ? ShortDay(day) : FullDay(day);

    public static string FullDay(DateOnly day) => day.ToString(Chinese ? "yyyy年M月d日" : "d MMM yyyy", CultureInfo.CurrentCulture);

    private static string ShortDay(DateOnly day) => day.ToString(Chinese ? "M月d日" : "d MMM", CultureInfo.CurrentCulture);

    /// <summary>An instant in the user's zone, to the minute.</summary>
    public string Instant(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, UserZone);
        return local.ToString(Chinese ? "yyyy年M月d日 HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
    }

    /// <summary>An instant in the user's zone: the hour and minute alone where it is of the present day.</summary>
    public string Moment(DateTimeOffset instant)
    {
        var (local, now) = (TimeZoneInfo.ConvertTime(instant, UserZone), TimeZoneInfo.ConvertTime(time.GetUtcNow(), UserZone));
        return local.Date == now.Date ? local.ToString("HH:mm", CultureInfo.CurrentCulture) : Instant(instant);
    }

    /// <summary>The day with its year, in the organisation's zone: for paper, which others read elsewhere and later.</summary>
    public string FullDayOf(DateTimeOffset instant) =>
        FullDay(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, OrganisationZone).DateTime));

    /// <summary>The day of an instant in the user's zone.</summary>
    public string DayOf(DateTimeOffset instant) => Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, UserZone).DateTime));

    public string Ago(DateTimeOffset instant) => (time.GetUtcNow() - instant) switch
    {
        { TotalSeconds: < 2 } => _texts["JustNow"],
        { TotalMinutes: < 1 } gone => _texts["SecondsAgo", (int)gone.TotalSeconds],
        { TotalHours: < 1 } gone => _texts["MinutesAgo", (int)gone.TotalMinutes],
        { TotalDays: < 1 } gone => _texts["HoursAgo", (int)gone.TotalHours],
        var gone => _texts["DaysAgo", (int)gone.TotalDays],
    };

    /// <summary>A length of time in its largest whole unit.</summary>
    public string Span(long seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalDays: >= 1 } span => Days((int)span.TotalDays),
        { TotalHours: >= 1 } span => _texts["Hours", (int)span.TotalHours],
        var span => _texts["Minutes", (int)span.TotalMinutes],
    };

    public string Days(int days) => _texts["Days", days];

    /// <summary>The text for the user's language out of one per language (<c>en</c>, <c>zh-CN</c>).</summary>
    public static string Localized(IReadOnlyDictionary<string, string> texts) =>
        texts.GetValueOrDefault(Chinese ? "zh-CN" : "en") is { Length: > 0 } text ? text
            : texts.Values.FirstOrDefault(other => other.Length > 0) ?? "";

    public static string NameOf(Currency currency) => Chinese ? currency.NameZh : currency.NameEn;

    public string StageName(Stage stage) =>
        session.Organisation.Stages.FirstOrDefault(one => one.Stage == stage) is { } named ? Localized(named.Name) : stage.ToString();

    private static TimeZoneInfo? Zone(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
        : null;

    private static string? Symbol(string currency) => currency switch
    {
        "CNY" => "¥",
        "JPY" => "JP¥",
        "USD" => Chinese ? "US$" : "$",
        "EUR" => "€",
        "GBP" => "£",
        _ => null,
    };
}
