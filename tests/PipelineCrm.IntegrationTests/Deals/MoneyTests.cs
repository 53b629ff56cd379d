using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Imports;
using PipelineCrm.Organisation;
using PipelineCrm.Products;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>One check of currencies and their decimals, whichever door money comes in by.</summary>
public sealed class MoneyTests(CrmFixture crm, TestCluster cluster) : IClassFixture<CrmFixture>
{
    /// <summary>A way in for money: sends an amount in a currency, and names the fields that each is told at.</summary>
    private sealed record Door(string Amount, string Currency, Func<decimal, string, Task<Problem?>> Send);

    public static TheoryData<string> Doors => ["create", "patch", "move", "quote", "payment", "product"];

    [Theory, MemberData(nameof(Doors))]
    public async Task A_currency_that_is_none_in_use_is_refused_with_what_was_probably_meant(string name)
    {
        var door = await Open(name);
        Assert.Contains("Did you mean CNY?", At(await door.Send(10, "RMB"), door.Currency), StringComparison.Ordinal);
        Assert.Contains("Did you mean CNY?", At(await door.Send(10, "¥"), door.Currency), StringComparison.Ordinal);
        foreach (var none in new[] { "ZZZ", "XXX", "XTS", "", "US", "DOLLARS" })
        {
            Assert.NotEmpty(At(await door.Send(10, none), door.Currency));
        }

        Assert.DoesNotContain("Did you mean", At(await door.Send(10, "ZZZ"), door.Currency), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Doors))]
    public async Task An_amount_has_no_more_decimals_than_its_currency(string name)
    {
        var door = await Open(name);
        Assert.Equal("JPY amounts have no decimals.", At(await door.Send(100.5m, "JPY"), door.Amount));
        Assert.Equal("USD amounts have at most 2 decimals.", At(await door.Send(100.001m, "USD"), door.Amount));
        Assert.Equal("JPY amounts have no decimals.", At(await door.Send(100.5m, "jpy"), door.Amount));
        Assert.Null(await door.Send(100.5m, "USD"));
    }

    [Theory, MemberData(nameof(Doors))]
    public async Task Finer_currencies_take_what_they_have_and_small_letters_are_the_same_code(string name)
    {
        Assert.Null(await (await Open(name)).Send(1.505m, "kwd"));
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from deals where currency <> upper(currency)"));
        Assert.Equal(0L,
            await crm.Ask<long>(
                "select (select count(*) from payments where currency <> upper(currency)) + (select count(*) from products where currency <> upper(currency))"));
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from quotes where currency <> upper(currency)"));
    }

    [Fact]
    public async Task A_currency_alone_is_held_against_the_amount_that_is_there()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.Ok(new CreateDeal.Command(await crm.Customer(rep), "Deal", 10.25m, "EUR"), rep.As());
        var refused = await crm.No(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Currency = "JPY" }), rep.As());
        Assert.Equal(["JPY amounts have no decimals."], refused.Errors["currency"]);
        await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Currency = "JPY", Amount = 1000m }), rep.As());
    }

    [Fact]
    public async Task An_amount_without_a_currency_is_held_against_the_organisations()
    {
        await using var house = new CrmFixture(cluster);
        await house.InitializeAsync();
        var admin = await house.User(Role.Admin);
        var wrong = await house.No(new ChangeSettings.Command("House", "Asia/Tokyo", "RMB", true), admin.As());
        Assert.Contains("Did you mean CNY?", Assert.Single(wrong.Errors["baseCurrency"]), StringComparison.Ordinal);
        await house.Ok(new ChangeSettings.Command("House", "Asia/Tokyo", "jpy", true), admin.As());
        Assert.Equal("JPY", (await house.Ok(new GetSettings.Query(), admin.As())).BaseCurrency);
        var refused = await house.No(new CreateDeal.Command(await house.Customer(admin), "Deal", 100.5m), admin.As());
        Assert.Equal(["JPY amounts have no decimals."], refused.Errors["amount"]);
    }

    [Fact]
    public async Task A_rule_asks_for_currencies_in_use_only()
    {
        var admin = await crm.User(Role.Admin);
        var draft = await crm.Ok(new GetRules.Query(Draft: true), admin.As());
        Task<Result<SaveRuleDraft.Answer>> Save(string currency) => crm.Door.Send(
            new SaveRuleDraft.Command(
                $$$$"""
                {"moves":[],"stages":{"decision":{"enter":[{"key":"in-yuan","all":[{"field":"currency","op":"anyOf","value":["EUR","{{{{currency}}}}"]}],"mode":"warn",
                "message":{"en":"In yuan.","zh-CN":"人民币。"},"overrideBy":[]}],"leave":[]}}}
                """,
                draft.Etag),
            admin.As(),
            TestContext.Current.CancellationToken);
        var refused = (await Save("RMB")).Problem!;
        Assert.Contains("Did you mean CNY?", Assert.Single(refused.Errors["stages.decision.enter[0].all[0].value"]),
            StringComparison.Ordinal);
        Assert.Null((await Save("CNY")).Problem);
    }

    [Theory]
    [InlineData("10,00", "RMB", "Währung = \"RMB\": “RMB” is no ISO 4217 currency in use. Did you mean CNY?")]
    [InlineData("10,00", "ZZZ", "Währung = \"ZZZ\": “ZZZ” is no currency in use.")]
    [InlineData("100,5", "JPY", "Wert = \"100,5\": JPY amounts have no decimals.")]
    [InlineData("100,5", "jpy", "Wert = \"100,5\": JPY amounts have no decimals.")]
    public async Task An_import_checks_money_as_a_form_does(string amount, string currency, string says)
    {
        await using var import = await ImportRunner.Start(cluster);
        var rep = await import.Crm.User(Role.Rep);
        var mail = await import.Scalar<string>($"select email from users where id = '{rep}'");
        var file = ImportRunner.Text("pipeline-of-ours.csv").Replace("rep@test.example", mail, StringComparison.Ordinal)
            .Replace("99,00;EUR", $"{amount};{currency}", StringComparison.Ordinal);
        var result = await import.Send(new RunImport.Command([ImportRunner.Of("x.csv", file)],
            new ImportMappingSource(null, ImportRunner.Text("pipeline-of-ours.json"))));
        Assert.Contains(says, string.Join('\n', result.Value!.Errors), StringComparison.Ordinal);
    }

    private async Task<Door> Open(string name)
    {
        var rep = await crm.User(Role.Admin);
        var customer = await crm.Customer(rep);
        var deal = await crm.Ok(new CreateDeal.Command(
            customer, new MoveFields { Title = "Deal", Amount = 10m, Currency = "USD", ExpectedClose = new DateOnly(2030, 1, 1) }),
            rep.As());
        async Task<Problem?> Sent<T>(IRequest<T> request) =>
            (await crm.Door.Send(request, rep.As(), TestContext.Current.CancellationToken)).Problem;
        async Task<long> Version() => (await crm.Get(deal.Id, rep)).Version;
        return name switch
        {
            "create" => new Door("amount", "currency",
                (amount, currency) => Sent(new CreateDeal.Command(customer, "Deal", amount, currency))),
            "patch" => new Door("amount", "currency", async (amount, currency) => await Sent(
                new UpdateDeal.Command(deal.Id, await Version(), new MoveFields { Amount = amount, Currency = currency }))),
            "move" => new Door("fields.amount", "fields.currency", async (amount, currency) => await Sent(
                (await crm.Get(deal.Id, rep)).Move(MoveKind.Advance,
                    Place.Consideration) with
                { Fields = new MoveFields { Amount = amount, Currency = currency } })),
            "quote" => new Door("lines[0].price", "currency", async (amount, currency) => await Sent(
                new AddQuote.Command(deal.Id, [new AddQuote.Line((await Product(rep)).Id, 1, amount)], null, currency))),
            "payment" => new Door("amount", "currency",
                (amount, currency) => Sent(new AddPayment.Command(deal.Id, amount, currency, PaymentMethod.Cash))),
            "product" => new Door("price", "currency",
                (amount, currency) => Sent(new SaveProduct.Command(null, 0, $"P {Guid.NewGuid()}", amount, currency))),
            _ => throw new ArgumentOutOfRangeException(nameof(name)),
        };
    }

    private Task<ProductView> Product(UserId by) => crm.Ok(new SaveProduct.Command(null, 0, $"P {Guid.NewGuid()}", null, null), by.As());

    private static string At(Problem? problem, string field)
    {
        Assert.Equal(ProblemCode.Validation, problem?.Code);
        return string.Join(' ', problem!.Errors.GetValueOrDefault(field) ?? []);
    }
}
