using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Organisation;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>A payment counts from its day on, a quote to its last day, both in the organisation's zone.</summary>
public sealed class DueDayTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_payment_of_a_later_day_opens_nothing_yet_and_is_told_apart()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Purchase, rep);
        var late = await crm.Ok(new AddPayment.Command(deal.Id, 1000m, "USD", PaymentMethod.Transfer, new DateOnly(2099, 1, 1)), rep.As());
        Assert.True(late.Due);
        deal = await crm.Get(deal.Id, rep);
        var refused = await crm.No(deal.Move(MoveKind.Advance), rep.As());
        Assert.Equal(ProblemCode.MoveRefused, refused.Code);
        var condition = Assert.Single(((Verdict)refused.Detail!).Conditions, one => one.Field == FieldKey.Payments);
        Assert.Equal(0m, condition.Found!.Value.GetDecimal());
        var counted = await crm.Ok(new CountDealChildren.Query(deal.Id), rep.As());
        Assert.Empty(counted.Paid);
        Assert.Equal([new Money(1000m, "USD")], counted.Due);

        var today = await Today();
        await crm.Ok(new UpdatePayment.Command(deal.Id, late.Id, late.Version, new PaymentFields { PaidAt = today }), rep.As());
        var moved = await crm.Ok((await crm.Get(deal.Id, rep)).Move(MoveKind.Advance), rep);
        Assert.Equal(Stage.PostPurchase, moved.Deal.Stage);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    [InlineData(null, true)]
    public async Task The_default_rules_ask_for_a_quote_that_is_valid(int? days, bool goes)
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep, customer: await crm.Customer(rep, decisionMaker: false));
        deal = await crm.AdvanceTo(deal, Stage.Decision, rep);
        var product = await crm.Ok(new SaveProduct.Command(null, 0, $"P {Guid.NewGuid()}", 30m, "USD"), (await crm.User(Role.Admin)).As());
        await crm.Ok(new AddQuote.Command(deal.Id, [new AddQuote.Line(product.Id)],
            days is { } away ? (await Today()).AddDays(away) : null), rep.As());
        var verdict = (await crm.Ok(new ExplainMoves.Query(deal.Id), rep.As())).Moves.Single(move => move.Kind == MoveKind.Advance);
        Assert.Equal(goes, verdict.Moves);
        Assert.Equal(goes ? 1m : 0m, verdict.Conditions.Single(one => one.Field == FieldKey.ValidQuotes).Found!.Value.GetDecimal());
        var moved = await crm.Door.Send((await crm.Get(deal.Id, rep)).Move(MoveKind.Advance), rep.As(),
            TestContext.Current.CancellationToken);
        Assert.Equal(goes, moved.Ok);
    }

    [Fact]
    public async Task The_day_is_the_organisations()
    {
        var admin = await crm.User(Role.Admin);
        var deal = await crm.NewDeal(admin);
        await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 10m, Currency = "USD" }), admin.As());
        try
        {
            // Kiritimati is exactly a day ahead of Honolulu.
            await crm.Ok(new ChangeSettings.Command("House", "Pacific/Kiritimati", "USD", true), admin.As());
            var there = await Today();
            await crm.Ok(new AddPayment.Command(deal.Id, 10m, "USD", PaymentMethod.Cash, there), admin.As());
            Assert.Equal(10m, (await crm.Ok(new CountDealChildren.Query(deal.Id), admin.As())).Paid.Sum(sum => sum.Amount));
            await crm.Ok(new ChangeSettings.Command("House", "Pacific/Honolulu", "USD", true), admin.As());
            Assert.True(await Today() < there);
            Assert.Empty((await crm.Ok(new CountDealChildren.Query(deal.Id), admin.As())).Paid);
        }
        finally
        {
            await crm.Ok(new ChangeSettings.Command("House", "UTC", "USD", true), admin.As());
        }
    }

    private async Task<DateOnly> Today() =>
        await crm.Ask<DateOnly>("select (now() at time zone time_zone)::date from settings");
}
