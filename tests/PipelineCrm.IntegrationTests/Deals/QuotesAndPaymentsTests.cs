using Npgsql;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Organisation;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Deals;

public sealed class QuotesAndPaymentsTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quote_rounds_each_line_half_even_to_the_currencys_decimals()
    {
        var rep = await Caller(Role.Rep);
        var deal = await Deal(rep, "USD");
        var product = await Product("Meter", 20.01m, "USD");
        var quote = await Ok(new AddQuote.Command(deal, [new(product, 0.5m), new(product, 0.5m, 0.09m), new(product, 2, 100, 12.5m)],
            new DateOnly(2027, 1, 31)), rep);
        Assert.Equal([10.00m, 0.04m, 175.00m], quote.Lines.Select(l => l.Total));
        Assert.Equal((185.04m, "USD"), (quote.Total, quote.Currency));
        var listed = Assert.Single((await Ok(new ListQuotes.Query(deal, new PageRequest()), rep)).Items);
        Assert.Equal((quote.Id, quote.Total, quote.ByName), (listed.Id, listed.Total, listed.ByName));
        Assert.Equal(quote.Lines, listed.Lines);
        Assert.Equal(2, await Version(deal));

        var yen = await Ok(new AddQuote.Command(deal, [new(product, 0.5m, 1m), new(product, 0.5m, 3m)], null, "JPY"), rep);
        Assert.Equal([0m, 2m], yen.Lines.Select(l => l.Total));
    }

    [Fact]
    public async Task A_quote_that_cannot_be_is_refused_at_its_fields()
    {
        var rep = await Caller(Role.Rep);
        var deal = await Deal(rep, "EUR");
        var product = await Product("Gauge", 5, "USD");
        Task<Problem> Refused(params AddQuote.Line[] lines) => No(new AddQuote.Command(deal, lines), rep);
        Assert.Equal(["lines"], (await Refused()).Errors.Keys);
        Assert.Equal(["lines[0].price"], (await Refused(new AddQuote.Line(product))).Errors.Keys);
        Assert.Equal(["This is needed."], (await Refused(new AddQuote.Line(default, 1, 1))).Errors["lines[0].productId"]);
        Assert.Equal(["lines[1].productId"], (await Refused(new(product, 1, 1), new(ProductId.New(), 1, 1))).Errors.Keys);
        Assert.Equal(["lines[0].quantity"], (await Refused(new AddQuote.Line(product, -1, 1))).Errors.Keys);
        Assert.Equal(["lines[0].quantity"], (await Refused(new AddQuote.Line(product, 1_000_000_000_000, 1))).Errors.Keys);
        Assert.Equal(["lines[0].price"], (await Refused(new AddQuote.Line(product, 1, -1))).Errors.Keys);
        Assert.Equal(["lines[0].discountPercent"], (await Refused(new AddQuote.Line(product, 1, 1, 100.5m))).Errors.Keys);
        Assert.Equal(["lines"], (await Refused(new AddQuote.Line(product, 1_000_000_000, 999_999_999_999_999))).Errors.Keys);
        Assert.Equal(["validUntil"], (await No(new AddQuote.Command(deal, [new(product, 1, 1)], DateOnly.MaxValue), rep)).Errors.Keys);
        Assert.Empty((await Ok(new ListQuotes.Query(deal, new PageRequest()), rep)).Items);
        Assert.Equal(1, await Version(deal));
    }

    [Fact]
    public async Task A_payment_is_kept_with_its_method_and_day()
    {
        var rep = await Caller(Role.Rep);
        var deal = await Deal(rep, "CNY");
        var paid = await Ok(new AddPayment.Command(deal, 560_000.5m, "CNY", PaymentMethod.LetterOfCredit, new DateOnly(2026, 2, 28)), rep);
        Assert.Equal(paid,
            Assert.Single((await Ok(new ListPayments.Query(deal, new PageRequest()), rep)).Items) with { CreatedAt = paid.CreatedAt });
        Assert.Equal(2, await Version(deal));
    }

    [Theory]
    [InlineData(-1, "USD", PaymentMethod.Card, "amount")]
    [InlineData(0, "USD", PaymentMethod.Card, "amount")]
    [InlineData(1e18, "USD", PaymentMethod.Card, "amount")]
    [InlineData(0.00001, "USD", PaymentMethod.Card, "amount")]
    [InlineData(1, "usx", PaymentMethod.Card, "currency")]
    [InlineData(1, null, PaymentMethod.Card, "currency")]
    [InlineData(1, "USD", (PaymentMethod)0, "method")]
    public async Task A_payment_that_cannot_be_is_refused_at_its_field(double amount, string? currency, PaymentMethod method, string field)
    {
        var rep = await Caller(Role.Rep);
        var problem = await No(new AddPayment.Command(await Deal(rep, "USD"), (decimal)amount, currency!, method), rep);
        Assert.Equal([field], problem.Errors.Keys);
    }

    [Fact]
    public async Task Only_who_may_move_a_deal_writes_its_payments_and_who_does_not_see_it_finds_none()
    {
        var team = await crm.Team();
        var owner = await Caller(Role.Rep, team);
        var deal = await Deal(owner, "USD");
        var payment = new AddPayment.Command(deal, 1, "USD", PaymentMethod.Cash);
        var (colleague, stranger, viewer) = (await Caller(Role.Rep, team), await Caller(Role.Rep), await Caller(Role.Viewer, team));
        Assert.Equal(ProblemCode.Forbidden, (await No(payment, colleague)).Code);
        Assert.Equal(ProblemCode.Forbidden, (await No(payment, viewer)).Code);
        Assert.Equal(ProblemCode.NotFound, (await No(payment, stranger)).Code);
        Assert.Equal(ProblemCode.NotFound, (await No(new ListPayments.Query(deal, new PageRequest()), stranger)).Code);
        Assert.Equal(ProblemCode.NotFound, (await No(new ListQuotes.Query(deal, new PageRequest()), stranger)).Code);
        await Ok(payment, await Caller(Role.Manager, team));
        await Ok(payment, await Caller(Role.Admin));
        Assert.Equal(2, (await Ok(new ListPayments.Query(deal, new PageRequest()), colleague)).Items.Count);
    }

    [Fact]
    public async Task A_customers_page_tells_nothing_of_deals_of_colleagues()
    {
        var (owner, stranger) = (await Caller(Role.Rep), await Caller(Role.Rep));
        var customer = (await Ok(new CreateCustomer.Command("Shared"), owner)).Id;
        var deal = await Deal(owner, "USD", customer);
        var seen = await Ok(new GetCustomer.Query(customer), owner);
        Assert.Equal((deal, 1), (Assert.Single(seen.Deals).Id, seen.OpenDeals));
        var hidden = await Ok(new GetCustomer.Query(customer), stranger);
        Assert.Equal((0, 0, 0), (hidden.Deals.Count, hidden.ArchivedDeals.Count, hidden.OpenDeals));
    }

    [Fact]
    public async Task Products_are_written_by_managers_and_have_unique_names()
    {
        var manager = await Caller(Role.Manager);
        var saved = await Ok(new SaveProduct.Command(null, 0, "Boiler", 12.5m, "EUR"), manager);
        Assert.Equal(["name"], (await No(new SaveProduct.Command(null, 0, "BOILER", null, null), manager)).Errors.Keys);
        Assert.Equal(["currency"], (await No(new SaveProduct.Command(null, 0, "Pump", 1, null), manager)).Errors.Keys);
        Assert.Equal(["price"], (await No(new SaveProduct.Command(null, 0, "Pump", -1, "EUR"), manager)).Errors.Keys);
        Assert.Equal(ProblemCode.Forbidden, (await No(new SaveProduct.Command(null, 0, "Pump", 1, "EUR"), await Caller(Role.Rep))).Code);
        var retired = await Ok(new SaveProduct.Command(saved.Id, 1, "Boiler", 13, "EUR", Active: false), manager);
        Assert.Equal((2L, false), (retired.Version, retired.Active));
        Assert.Equal(ProblemCode.Conflict, (await No(new SaveProduct.Command(saved.Id, 1, "Boiler 2", 13, "EUR"), manager)).Code);
        Assert.Equal(retired,
            Assert.Single((await Ok(new ListProducts.Query(new PageRequest(), "boiler"), await Caller(Role.Viewer))).Items));
        Assert.Empty((await Ok(new ListProducts.Query(new PageRequest(), "boiler", Retired: false), manager)).Items);
    }

    [Fact]
    public async Task The_codes_are_named_in_both_languages()
    {
        var codes = await Ok(new ListCodes.Query(), await Caller(Role.Viewer));
        Assert.Contains(codes.LossReasons, c => c.Code == "price" && c.Name["en"] == "Price" && c.Name["zh-CN"] == "价格");
        Assert.Contains(codes.OverrideReasons, c => c.Code == "customer-promise");
        Assert.Contains(codes.Sources, c => c.Code == "website");
    }

    private async Task<ProductId> Product(string name, decimal price, string currency) =>
        (await Ok(new SaveProduct.Command(null, 0, $"{name} {Guid.NewGuid()}", price, currency), await Caller(Role.Admin))).Id;

    private async Task<DealId> Deal(Caller owner, string currency, CustomerId? customer = null)
    {
        customer ??= (await Ok(new CreateCustomer.Command("Buyer"), owner)).Id;
        return (await Ok(new CreateDeal.Command(customer.Value, "Plant", 1000, currency), owner)).Id;
    }

    private async Task<long> Version(DealId deal)
    {
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand("select version from deals where id = $1",
            connection)
        { Parameters = { new() { Value = deal.Value } } };
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private async Task<Caller> Caller(Role role, TeamId? team = null) => new(await crm.User(role, team), Channel.Page);

    private async Task<T> Ok<T>(IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, Ct);
        return result.Ok ? result.Value
            : throw new InvalidOperationException($"{result.Problem}: {string.Join("; ", result.Problem.Errors)}");
    }

    private async Task<Problem> No<T>(IRequest<T> request, Caller caller)
    {
        var result = await crm.Door.Send(request, caller, Ct);
        return result.Problem ?? throw new InvalidOperationException($"Unexpected answer: {result.Value}");
    }
}
