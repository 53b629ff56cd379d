using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Products;
using PipelineCrm.Timeline;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>Quotes and payments that were entered wrongly: corrected or withdrawn, and the history keeps both.</summary>
public sealed class CorrectionTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    [Fact]
    public async Task A_payment_is_corrected_by_its_version_and_the_history_tells_both()
    {
        var (rep, deal) = await Deal();
        var paid = await crm.Ok(new AddPayment.Command(deal.Id, 100m, "USD", PaymentMethod.Cash, new DateOnly(2026, 1, 5)), rep.As());
        var mended =
            await crm.Ok(new UpdatePayment.Command(deal.Id, paid.Id, paid.Version, new PaymentFields { Amount = 120.5m }), rep.As());
        Assert.Equal((120.5m, "USD", PaymentMethod.Cash, new DateOnly(2026, 1, 5), 2L),
            (mended.Amount, mended.Currency, mended.Method, mended.PaidAt!.Value, mended.Version));
        Assert.Equal(ProblemCode.Conflict,
            (await crm.No(new UpdatePayment.Command(deal.Id, paid.Id, paid.Version, new PaymentFields { Amount = 1m }), rep.As())).Code);
        Assert.Equal(["JPY amounts have no decimals."], (await crm.No(
            new UpdatePayment.Command(deal.Id, paid.Id, 2, new PaymentFields { Currency = "jpy" }), rep.As())).Errors["currency"]);
        Assert.Equal(["amount"],
            (await crm.No(new UpdatePayment.Command(deal.Id, paid.Id, 2, new PaymentFields { Amount = 0m }), rep.As())).Errors.Keys);
        Assert.Equal(3, (await crm.Get(deal.Id, rep)).Version);

        var latest = (await History(deal.Id, rep))[0];
        var change = Assert.Single(latest.Changes);
        Assert.Equal(("payment", "amount", 100m, 120.5m),
            (change.Entity, change.Field, change.Before!.Value.GetDecimal(), change.After!.Value.GetDecimal()));
        Assert.Equal(("USD", "USD"), (change.BeforeCurrency, change.AfterCurrency));
    }

    [Fact]
    public async Task What_is_withdrawn_counts_no_longer_is_listed_no_longer_and_stays_in_the_history()
    {
        var (rep, deal) = await Deal();
        var quote = await Quote(deal.Id, rep);
        var paid = await crm.Ok(new AddPayment.Command(deal.Id, 100m, "USD", PaymentMethod.Cash), rep.As());
        Assert.Equal((1, 1), await Counted(deal.Id, rep));
        await crm.Ok(new WithdrawQuote.Command(deal.Id, quote.Id, quote.Version), rep.As());
        await crm.Ok(new WithdrawPayment.Command(deal.Id, paid.Id, paid.Version), rep.As());
        Assert.Equal((0, 0), await Counted(deal.Id, rep));
        Assert.Empty((await crm.Ok(new ListQuotes.Query(deal.Id, new PageRequest()), rep.As())).Items);
        Assert.Empty((await crm.Ok(new ListPayments.Query(deal.Id, new PageRequest()), rep.As())).Items);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new WithdrawPayment.Command(deal.Id, paid.Id, 2), rep.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new UpdateQuote.Command(deal.Id, quote.Id, 2, new QuoteFields()), rep.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new GetQuote.Query(deal.Id, quote.Id), rep.As())).Code);
        Assert.Equal(["payment.withdrawnAt", "quote.withdrawnAt"],
            (await History(deal.Id, rep)).Take(2).SelectMany(item => item.Changes).Select(fact => $"{fact.Entity}.{fact.Field}"));
    }

    [Fact]
    public async Task A_quote_is_corrected_line_by_line_and_the_history_keeps_the_lines_that_were()
    {
        var (rep, deal) = await Deal();
        var quote = await Quote(deal.Id, rep);
        var product = quote.Lines[0].ProductId;
        var mended = await crm.Ok(
            new UpdateQuote.Command(deal.Id, quote.Id, quote.Version, new QuoteFields
            {
                Lines = new(true,
                [new(product, 2, 40m), new(product, 1, 5m)]),
                ValidUntil = new DateOnly(2031, 1, 1)
            }), rep.As());
        Assert.Equal((85m, 2, new DateOnly(2031, 1, 1), 2L), (mended.Total, mended.Lines.Count, mended.ValidUntil!.Value, mended.Version));
        Assert.Equal(mended.Lines, Assert.Single((await crm.Ok(new ListQuotes.Query(deal.Id, new PageRequest()), rep.As())).Items).Lines);
        Assert.Equal(ProblemCode.Conflict, (await crm.No(new UpdateQuote.Command(deal.Id, quote.Id, 1, new QuoteFields()), rep.As())).Code);
        Assert.Equal(["lines"],
            (await crm.No(new UpdateQuote.Command(deal.Id, quote.Id, 2, new QuoteFields { Lines = new(true, []) }), rep.As())).Errors.Keys);

        var changes = (await History(deal.Id, rep))[0].Changes;
        var prices = changes.Where(fact => fact is { Entity: "quoteLine", Field: "price" }).ToList();
        Assert.Equal([(30m, (decimal?)null), (null, 40m), (null, 5m)], prices.Select(fact => (fact.Before?.GetDecimal(),
            fact.After?.GetDecimal())).OrderBy(pair => pair.Item2 is not null).ThenByDescending(pair => pair.Item2));
        Assert.All(prices, fact => Assert.Equal("USD", fact.AfterCurrency));
        Assert.Contains(changes, fact => fact is { Entity: "quote", Field: "validUntil" });

        // The lines of the first entry are still those that were made first.
        Assert.Equal([30m], (await History(deal.Id, rep))[1].Changes.Where(fact => fact is { Entity: "quoteLine", Field: "price" })
            .Select(fact => fact.After!.Value.GetDecimal()));
    }

    [Fact]
    public async Task Only_who_may_move_the_deal_corrects_and_who_does_not_see_it_finds_nothing()
    {
        var team = await crm.Team();
        var (rep, deal) = await Deal(team);
        var quote = await Quote(deal.Id, rep);
        var paid = await crm.Ok(new AddPayment.Command(deal.Id, 100m, "USD", PaymentMethod.Cash), rep.As());
        var (colleague, stranger) = (await crm.User(Role.Rep, team), await crm.User(Role.Rep));
        Assert.Equal(ProblemCode.Forbidden, (await crm.No(new WithdrawQuote.Command(deal.Id, quote.Id, 1), colleague.As())).Code);
        Assert.Equal(ProblemCode.Forbidden,
            (await crm.No(new UpdatePayment.Command(deal.Id, paid.Id, 1, new PaymentFields { Amount = 1m }), colleague.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new WithdrawPayment.Command(deal.Id, paid.Id, 1), stranger.As())).Code);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new GetQuote.Query(deal.Id, quote.Id), stranger.As())).Code);
        Assert.Equal(30m, (await crm.Ok(new GetQuote.Query(deal.Id, quote.Id), colleague.As())).Quote.Total);
        var (_, other) = await Deal(team);
        Assert.Equal(ProblemCode.NotFound, (await crm.No(new GetQuote.Query(other.Id, quote.Id), colleague.As())).Code);
    }

    private async Task<(UserId Rep, DealView Deal)> Deal(TeamId? team = null)
    {
        var rep = await crm.User(Role.Rep, team);
        return (rep, await crm.NewDeal(rep));
    }

    private async Task<QuoteView> Quote(DealId deal, UserId rep)
    {
        var product = await crm.Ok(new SaveProduct.Command(null, 0, $"P {Guid.NewGuid()}", 30m, "USD"), (await crm.User(Role.Admin)).As());
        return await crm.Ok(new AddQuote.Command(deal, [new AddQuote.Line(product.Id)]), rep.As());
    }

    private async Task<(int, int)> Counted(DealId deal, UserId rep)
    {
        var counted = await crm.Ok(new CountDealChildren.Query(deal), rep.As());
        return (counted.Quotes, counted.Payments);
    }

    private async Task<IReadOnlyList<DealHistoryItem>> History(DealId deal, UserId rep) =>
        (await crm.Ok(new ListDealHistory.Query(deal, new PageRequest(), TimelinePart.Changes), rep.As())).Items;
}
