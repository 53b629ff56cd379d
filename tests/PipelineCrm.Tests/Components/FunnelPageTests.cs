using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.Web.Components.Funnel;

namespace PipelineCrm.Tests.Components;

public class FunnelPageTests
{
    [Theory]
    [InlineData("month", "2026-02-01", "2026-03-01")]
    [InlineData("last-month", "2026-01-01", "2026-02-01")]
    [InlineData("quarter", "2026-01-01", "2026-04-01")]
    [InlineData("last-quarter", "2025-10-01", "2026-01-01")]
    [InlineData("year", "2026-01-01", "2027-01-01")]
    [InlineData("last-year", "2025-01-01", "2026-01-01")]
    [InlineData("last-12-months", "2025-03-01", "2026-03-01")]
    [InlineData("all", null, null)]
    public void A_named_period_is_its_days_and_the_days_are_its_name(string name, string? from, string? to)
    {
        var today = new DateOnly(2026, 2, 28);
        var period = FunnelPeriod.Of(name, today);
        Assert.Equal((from, to), (FunnelPeriod.Text(period.From), FunnelPeriod.Text(period.To)));
        Assert.Equal(name, FunnelPeriod.NameOf(from, to, today));
    }

    [Fact]
    public void Other_days_have_no_name() =>
        Assert.Equal(FunnelPeriod.Own, FunnelPeriod.NameOf("2026-02-03", null, new DateOnly(2026, 2, 28)));

    [Fact]
    public void A_number_links_to_its_list_with_the_same_filters()
    {
        var address = new FunnelAddress(null, "2026-01-01", null, null, null, null, "a b&c");
        Assert.Equal("/funnel/deals?from=2026-01-01&source=a%20b%26c&stage=postPurchase&number=lost&reason=price",
            address.Deals(FunnelNumber.Lost, Stage.PostPurchase, "price"));
        Assert.Equal("/funnel?meaning=snapshot&source=a%20b%26c", address.As(FunnelMeaning.Snapshot).Page);
    }

    [Fact]
    public void Without_a_word_of_a_period_the_last_twelve_months_are_shown_and_all_time_is_asked_for_by_name()
    {
        var bare = new FunnelAddress(null, null, null, null, null, null, null, Today: new DateOnly(2026, 2, 28));
        Assert.Equal(("2025-03-01", "2026-03-01"), (bare.Scope.From, bare.Scope.To));
        Assert.Equal(("/funnel", "/funnel.csv?from=2025-03-01&to=2026-03-01"), (bare.Page, bare.File));
        var all = bare with { AllTime = true };
        Assert.Equal((null, null, "/funnel?period=all"), (all.Scope.From, all.Scope.To, all.Page));
        Assert.Null(bare.As(FunnelMeaning.Snapshot).Scope.From);
    }
}
