namespace PipelineCrm.Tests.UseCases;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \u3000\t")]
    [InlineData("\u200B\u200D\uFEFF")]
    [InlineData("\u200E\u200F\u202E\u2066\u2069")]
    [InlineData("\u00AD \u2060")]
    [InlineData("\u3164\u2800")]
    [InlineData("\u0301\uFE0F")]
    [InlineData("\U000E0041")]
    public void A_name_that_nobody_can_see_is_none(string text)
    {
        Assert.False(FieldRules.HasText(text));
        Assert.Null(FieldRules.TrimToNull(text));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("甲")]
    [InlineData("\u202Eשלום\u202C")]
    [InlineData("👩‍🚀")]
    [InlineData("-")]
    public void What_can_be_seen_is_a_name_whatever_surrounds_it(string text)
    {
        Assert.True(FieldRules.HasText(text));
        Assert.Equal(text, FieldRules.TrimToNull(text));
    }
}
