using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Domain;

public class CustomerStandingTests
{
    private static readonly DateTimeOffset Then = Example.Now;

    private static DealStanding Deal(Stage stage, Outcome outcome = Outcome.Open, bool won = false, int closedDay = 0,
        bool counts = true) =>
        new(stage, outcome, won ? Then : null, outcome == Outcome.Open ? null : Then.AddDays(closedDay), counts);

    [Fact]
    public void A_customer_without_a_deal_has_no_status() => Assert.Equal(CustomerStanding.None, CustomerStanding.Of([]));

    [Fact]
    public void The_furthest_open_deal_decides() =>
        Assert.Equal(PurchaseStatus.Decision, CustomerStanding.Of([Deal(Stage.Awareness), Deal(Stage.Decision),
            Deal(Stage.PostPurchase, Outcome.Completed, won: true)]).Status);

    [Fact]
    public void Without_an_open_deal_a_completed_one_does() =>
        Assert.Equal(new CustomerStanding(PurchaseStatus.PostPurchase, null, null, true),
            CustomerStanding.Of([Deal(Stage.PostPurchase, Outcome.Completed, won: true), Deal(Stage.Decision, Outcome.Lost)]));

    [Fact]
    public void Else_the_latest_lost_deal_with_its_stage_and_date() =>
        Assert.Equal(
            new CustomerStanding(PurchaseStatus.Lost, Stage.Consideration, Then.AddDays(2), false),
            CustomerStanding.Of([Deal(Stage.Decision, Outcome.Lost, closedDay: 1), Deal(Stage.Consideration, Outcome.Lost, closedDay: 2)]));

    [Fact]
    public void Void_and_archived_deals_and_placeholders_do_not_count()
    {
        Assert.Equal(CustomerStanding.None, CustomerStanding.Of([Deal(Stage.Decision, counts: false, won: true)]));
        Assert.Equal(CustomerStanding.None, CustomerStanding.Of([Deal(Stage.Decision)], placeholder: true));
    }

    [Fact]
    public void Who_ever_won_a_deal_is_returning() =>
        Assert.True(CustomerStanding.Of([Deal(Stage.Awareness), Deal(Stage.Purchase, Outcome.Lost, won: true)]).Returning);
}
