using PipelineCrm.Domain;
using PipelineCrm.Funnel;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>A few deals whose figures were computed on paper; and what is said where a funnel cannot be.</summary>
public sealed class FunnelExampleTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static readonly DateTimeOffset Day0 = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static DateTimeOffset Day(double day) => Day0.AddDays(day);

    [Fact]
    public async Task The_figures_are_those_on_paper()
    {
        var owner = (await crm.User(Role.Rep)).Value;
        var reader = await crm.User(Role.Admin);
        await using var connection = await crm.AsOwner();
        await LedgerSeeder.Write(connection,
        [
            // 10 days in Awareness, then 20 in Consideration of which 5 lost; bought without a Decision.
            new LedgerDeal(owner, Stage.Awareness, Day(0)).To(Stage.Consideration, Day(10)).Lose(Day(15), "price").Reopen(Day(20))
                .To(Stage.Purchase, Day(35)).Worth(100, "USD", Day(35)),

            // An advance that was undone: one stay of 30 days, lost for no reason given.
            new LedgerDeal(owner, Stage.Awareness, Day(0)).To(Stage.Decision, Day(12)).Undo(Day(13)).Lose(Day(30)).Worth(7, "EUR", Day(1)),

            // Opened in Consideration: Awareness is skipped. Lost for the price after 40 days.
            new LedgerDeal(owner, Stage.Consideration, Day(5)).Lose(Day(45), "price").Worth(50, "USD", Day(5)),

            // Never was.
            new LedgerDeal(owner, Stage.Awareness, Day(1)).Undo(Day(2)),
        ]);

        var view = (await Ask(reader, new FunnelScope())).Value!;
        Assert.Equal([3, 2, 1, 1, 0], view.Stages.Select(stage => stage.N));
        Assert.Equal([1, 0, 1, 0, 0], view.Stages.Select(stage => stage.Skipped));
        Assert.Equal([200 / 3.0, 50, 100, 0, null], view.Stages.Select(stage => stage.NextPercent));
        Assert.Equal([100, 200 / 3.0, 100 / 3.0, 100 / 3.0, 0.0], view.Stages.Select(stage => stage.CumulativePercent));
        Assert.Equal([10, 20, null, null, null], view.Stages.Select(stage => stage.MedianDays));
        Assert.Equal([150, 150, 100, 100, 0m], view.Stages.Select(stage => stage.Amount));
        Assert.Equal([1, 1, 0, 0, 0], view.Stages.Select(stage => stage.Lost.N));
        Assert.Equal(new NotConverted("EUR", 7, 1), Assert.Single(view.NotConverted));
        Assert.Equal(new FunnelSummary(1, 2, 100 / 3.0, 100, 35, 35), view.Summary);

        // The undone advance stood for a day: a snapshot shows what was, a passed count does not.
        var then = (await Ask(reader, new FunnelScope("snapshot", At: "2026-01-13T12:00:00Z"))).Value!;
        Assert.Equal([0, 2, 1, 0, 0], then.Stages.Select(stage => stage.N));
        Assert.Equal([null, 2.5, 0.5, null, null], then.Stages.Select(stage => stage.MedianDays));
    }

    [Theory]
    [InlineData("meaning", "cohort")]
    [InlineData("meaning", "flow")]
    [InlineData("meaning", "Passed")]
    [InlineData("unit", "customers")]
    [InlineData("product", "x")]
    [InlineData("from", "0000-01-01")]
    [InlineData("to", "31.12.2026")]
    [InlineData("at", "2999-01-01")]
    [InlineData("at", "2026-01-01")]
    [InlineData("owner", "me")]
    [InlineData("team", "'; drop table deals; --")]
    public async Task What_cannot_be_asked_is_said_at_its_name(string field, string value)
    {
        var scope = new FunnelScope(
            Of("meaning"), Of("from"), Of("to"), Of("at"), Of("unit"), Of("team"), Of("owner"), Product: Of("product"));
        var result = await Ask(await crm.User(Role.Viewer), scope);
        Assert.Equal(ProblemCode.Validation, result.Problem?.Code);
        Assert.Equal(field, Assert.Single(result.Problem!.Errors).Key);

        string? Of(string name) => name == field ? value : null;
    }

    [Theory]
    [InlineData(null, "n", null, "stage")]
    [InlineData("decision", "much", null, "number")]
    [InlineData("decision", "n", "price", "reason")]
    [InlineData("somewhere", "n", null, "stage")]
    public async Task A_list_needs_a_number_of_a_stage(string? stage, string number, string? reason, string field)
    {
        var result = await crm.Door.Send(
            new ListFunnelDeals.Query(new FunnelScope(), stage, number, reason, null, new PageRequest()),
            new Caller(await crm.User(Role.Admin), Channel.Api),
            TestContext.Current.CancellationToken);
        Assert.Equal(field, Assert.Single(result.Problem!.Errors).Key);
    }

    [Theory]
    [InlineData("next")]
    [InlineData("cumulative")]
    [InlineData("won")]
    public async Task A_snapshot_has_no_conversion_to_list(string number)
    {
        var result = await crm.Door.Send(
            new ListFunnelDeals.Query(new FunnelScope("snapshot"), "decision", number, null, null, new PageRequest()),
            new Caller(await crm.User(Role.Admin), Channel.Api),
            TestContext.Current.CancellationToken);
        Assert.Equal("number", Assert.Single(result.Problem!.Errors).Key);
    }

    private Task<Result<FunnelView>> Ask(UserId reader, FunnelScope scope) =>
        crm.Door.Send(new GetFunnel.Query(scope), new Caller(reader, Channel.Api), TestContext.Current.CancellationToken);
}
