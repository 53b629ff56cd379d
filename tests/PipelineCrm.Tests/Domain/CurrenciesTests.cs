using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

public sealed class CurrenciesTests
{
    [Fact]
    public void Each_is_there_once_named_in_both_languages_and_no_finer_than_the_database_keeps()
    {
        Assert.Equal(Currencies.Codes.Order(StringComparer.Ordinal).Distinct(), Currencies.Codes);
        Assert.All(Currencies.All, currency =>
        {
            Assert.Matches("^[A-Z]{3}$", currency.Code);
            Assert.InRange(currency.Decimals, 0, 4);
            Assert.False(string.IsNullOrWhiteSpace(currency.NameEn) || string.IsNullOrWhiteSpace(currency.NameZh), currency.Code);
        });
    }

    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("KRW", 0)]
    [InlineData("CNY", 2)]
    [InlineData("KWD", 3)]
    [InlineData("CLF", 4)]
    public void Decimals_are_the_standards(string code, int decimals) => Assert.Equal(decimals, Currencies.Decimals(code));

    [Theory]
    [InlineData("cny", "CNY")]
    [InlineData(" Eur ", "EUR")]
    [InlineData("ＪＰＹ", "JPY")]
    [InlineData("RMB", null)]
    [InlineData("XXX", null)]
    [InlineData("XTS", null)]
    [InlineData("ZZZ", null)]
    [InlineData("¥", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_code_is_read_whatever_its_case_and_width(string? text, string? code) => Assert.Equal(code, Currencies.CodeOf(text));

    [Theory]
    [InlineData("RMB", "CNY")]
    [InlineData("rmb", "CNY")]
    [InlineData("￥", "CNY")]
    [InlineData("元", "CNY")]
    [InlineData("人民币", "CNY")]
    [InlineData("Euro", "EUR")]
    [InlineData("ZZZ", null)]
    [InlineData("XTS", null)]
    public void What_people_write_for_one_is_known(string text, string? code)
    {
        Assert.Equal(code, Currencies.Meant(text));
        Assert.True(code is null || Currencies.Find(code) is not null);
    }

    [Theory]
    [InlineData(100.5, "JPY", false)]
    [InlineData(100, "JPY", true)]
    [InlineData(1.005, "USD", false)]
    [InlineData(1.005, "KWD", true)]
    public void An_amount_fits_its_currency_or_not(decimal amount, string currency,
        bool fits) => Assert.Equal(fits, Money.Fits(amount, currency));
}
