using System.Globalization;
using PipelineCrm.Web.Components.Forms;
using PipelineCrm.Web.Components.Kit;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Tests.Components;

public sealed class FieldTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Theory]
    [InlineData("1234.56", 1234.56)]
    [InlineData("1,234.56", 1234.56)]
    [InlineData(" 1,234,567 ", 1234567)]
    [InlineData("1234.50000", 1234.5)]
    [InlineData("１，２３４", 1234)]
    [InlineData("0", 0)]
    public void An_amount_is_read_as_the_language_writes_it(string typed, decimal amount)
    {
        Assert.Equal(((decimal?)amount, (MoneyError?)null), MoneyText.Read(typed, "USD", English));
        Assert.Equal(((decimal?)amount, (MoneyError?)null), MoneyText.Read(typed, "CNY", Chinese));
    }

    [Theory]
    [InlineData("1.234,56", MoneyError.Form)]
    [InlineData("1,23", MoneyError.Form)]
    [InlineData("1e30", MoneyError.Form)]
    [InlineData("0x10", MoneyError.Form)]
    [InlineData("12 USD", MoneyError.Form)]
    [InlineData("-1", MoneyError.Negative)]
    [InlineData("−5", MoneyError.Negative)]
    [InlineData("1000000000000000", MoneyError.TooLarge)]
    [InlineData("99999999999999999999999999999999999", MoneyError.TooLarge)]
    [InlineData("1.005", MoneyError.Decimals)]
    public void What_is_no_amount_is_refused_never_guessed(string typed, MoneyError mistake) =>
        Assert.Equal(((decimal?)null, (MoneyError?)mistake), MoneyText.Read(typed, "USD", English));

    [Fact]
    public void Decimals_are_those_of_the_currency()
    {
        Assert.Equal(MoneyError.Decimals, MoneyText.Read("1.5", "JPY", English).Mistake);
        Assert.Equal(1.505m, MoneyText.Read("1.505", "KWD", English).Amount);
    }

    [Fact]
    public void Nothing_typed_is_unknown_and_not_zero() =>
    Assert.Equal(((decimal?)null, (MoneyError?)null), MoneyText.Read("  ", "USD", English));

    [Theory]
    [InlineData(1234.5, "USD", "1,234.50")]
    [InlineData(1234, "JPY", "1,234")]
    public void An_amount_in_its_field_reads_back_as_itself(decimal amount, string currency, string text)
    {
        Assert.Equal(text, MoneyText.Write(amount, currency, English));
        Assert.Equal(amount, MoneyText.Read(text, currency, English).Amount);
    }

    [Theory]
    [InlineData("Ada Quill", "AQ")]
    [InlineData("Ada Maria Quill", "AQ")]
    [InlineData("ada", "A")]
    [InlineData("林小雨", "雨")]
    [InlineData("", "?")]
    [InlineData("🦊 Fox", "🦊F")]
    public void Initials_tell_people_apart(string name, string initials) => Assert.Equal(initials, Initials.Of(name));

    [Fact]
    public void Money_is_written_with_its_currency()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = English;
        Assert.Equal("¥120,000", Formats.Money(120000m, "CNY"));
        Assert.Equal("$1,234.50", Formats.Money(1234.5m, "USD"));
        Assert.Equal("$1,234.00", Formats.Money(1234m, "USD", exact: true));
        Assert.Equal("CHF\u00a010", Formats.Money(10m, "CHF"));
        Assert.Equal("−$3", Formats.Money(-3m, "USD"));
        Assert.Equal("63.2\u00a0%", Formats.Percent(63.15m));
        Assert.Equal("$0.015", Formats.Money(0.0150m, "USD"));
        Assert.Equal("$12.00", Formats.Money(12m, "USD", exact: true));
    }

    [Fact]
    public void A_sum_of_old_amounts_with_too_many_decimals_shows_what_its_parts_show()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = English;
        Assert.Equal("JP¥100.5", Formats.Money(100.5m, "JPY"));
        Assert.Equal("JP¥301.5", Formats.Sums([new Money(301.5m, "JPY")]));
        Assert.Equal("JP¥100", Formats.Money(100m, "JPY", exact: true));
    }

    [Fact]
    public void What_is_read_together_has_cents_all_or_none_and_estimates_have_none()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = English;
        Assert.Equal("$1,200 + €30", Formats.Sums([new Money(1200m, "USD"), new Money(30m, "EUR")]));
        Assert.Equal("$1,200.00 + €30.10 + JP¥5", Formats.Sums([new Money(1200m, "USD"), new Money(30.1m, "EUR"), new Money(5m, "JPY")]));
        Assert.Equal("$1,200.50 + €12,345.60", Formats.Sums([new Money(1200.5m, "USD"), new Money(12_345.6m, "EUR")]));
        Assert.Equal("$1,200 + €12,346", Formats.Sums([new Money(1200m, "USD"), new Money(12_345.6m, "EUR")]));
        Assert.Equal("$10,000 + €12,346", Formats.Sums([new Money(10_000.4m, "USD"), new Money(12_345.6m, "EUR")]));
        Assert.Equal("$9,999.90", Formats.Sums([new Money(9_999.9m, "USD")]));
        Assert.Equal("$10,000.40 + €12,345.60", Formats.Exact([new Money(10_000.4m, "USD"), new Money(12_345.6m, "EUR")]));
        Assert.Equal("$2,350 + €0", Formats.Estimates([new Money(2350.25m, "USD"), new Money(0.4m, "EUR")]));
        Assert.False(Formats.HaveCents([new Money(4m, "JPY"), new Money(7.000m, "USD")]));
        Assert.True(Formats.HaveCents([new Money(0.4m, "JPY")]));
    }
}
