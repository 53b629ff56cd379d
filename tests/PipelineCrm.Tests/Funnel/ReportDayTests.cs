using PipelineCrm.Funnel;

namespace PipelineCrm.Tests.Funnel;

public class ReportDayTests
{
    [Theory]
    [InlineData("2026-07-01", "Asia/Shanghai", "2026-06-30T16:00:00Z")]
    [InlineData("2026-07-01", "UTC", "2026-07-01T00:00:00Z")]
    [InlineData("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z")] // midnight did not exist: the day began at 01:00
    [InlineData("2018-02-18", "America/Sao_Paulo", "2018-02-18T03:00:00Z")]
    [InlineData("2026-11-01", "America/Havana", "2026-11-01T04:00:00Z")] // midnight came twice: the day began at the first
    [InlineData("9999-12-31", "America/New_York", "9999-12-31T00:00:00Z")]
    [InlineData("0001-01-01", "Asia/Shanghai", "0001-01-01T00:00:00Z")]
    [InlineData("2026-07-01T08:00:00+02:00", "Asia/Shanghai", "2026-07-01T06:00:00Z")]
    [InlineData("2026-07-01T08:00:00.5Z", "UTC", "2026-07-01T08:00:00.5Z")]
    public void A_day_is_its_first_instant_in_the_organisations_zone(string text, string zone, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture),
            ReportDay.Read(text, TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("0000-01-01")]
    [InlineData("2026-02-30")]
    [InlineData("01/02/2026")]
    [InlineData("2026-1-1")]
    [InlineData("yesterday")]
    [InlineData("20260101\u0000")]
    public void Anything_else_is_not_read(string text) => Assert.Null(ReportDay.Read(text, TimeZoneInfo.Utc));
}
