using PipelineCrm.Access;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Lookup;

namespace PipelineCrm.IntegrationTests.Lookup;

/// <summary>One search over customers, contacts and deals, on a database that nobody else writes to.</summary>
public sealed class SearchTests(SearchTests.World world) : IClassFixture<SearchTests.World>
{
    /// <summary>Some customers with their contacts, and deals of two reps of different teams.</summary>
    public sealed class World(TestSupport.TestCluster cluster) : CrmFixture(cluster), IAsyncLifetime
    {
        public UserId Rep { get; private set; }
        public UserId Other { get; private set; }
        public UserId Manager { get; private set; }

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var (top, beside) = (await Team(), await Team());
            Rep = await User(Role.Rep, await Team(top));
            Manager = await User(Role.Manager, top);
            Other = await User(Role.Rep, beside);
            var schmidt = await Customer("Schmidt Kessel & Söhne", "office@kessel.example", "+49 (0)40 123-456");
            await this.Ok(new AddContact.Command(schmidt, "Johanna Petersen", "johanna@kessel.example", "0171 555 88"), Rep.As());
            await Customer("New Schmidt Mill", null, null);
            await Customer("灰石坡钢构", null, null);
            await Customer("北京 灰石", null, null);
            await Customer("ＡＣＭＥ　Ｗｏｒｋｓ", null, null);
            await Customer("100% wool_mill", null, null);
            var archived = await Customer("Schmidt long gone", null, null);
            await this.Ok(new ArchiveCustomer.Command(archived, 1), Rep.As());
            await Deal(schmidt, "Kettle renewal", Rep);
            await Deal(schmidt, "Kettle of the neighbours", Other);
            var dropped = await Deal(schmidt, "Kettle dropped", Rep);
            await this.Ok(new ArchiveDeal.Command(dropped.Id, dropped.Version), Rep.As());
        }

        private async Task<CustomerId> Customer(string name, string? email, string? phone) =>
            (await this.Ok(new CreateCustomer.Command(name, Email: email, Phone: phone), Rep.As())).Id;

        private Task<DealView> Deal(CustomerId customer, string title,
            UserId owner) => this.Ok(new CreateDeal.Command(customer, title), owner.As());
    }

    [Theory]
    [InlineData("schmidt kessel & söhne", "Schmidt Kessel & Söhne")]
    [InlineData("schmidt", "Schmidt Kessel & Söhne", "New Schmidt Mill")]
    [InlineData("SCHMIDT kes", "Schmidt Kessel & Söhne")]
    [InlineData("kessel schmidt", "Schmidt Kessel & Söhne")]
    [InlineData("mill", "New Schmidt Mill", "100% wool_mill")]
    [InlineData("acme works", "ＡＣＭＥ　Ｗｏｒｋｓ")]
    [InlineData("ａｃｍｅ", "ＡＣＭＥ　Ｗｏｒｋｓ")]
    [InlineData("0% wo", "100% wool_mill")]
    [InlineData("l_m", "100% wool_mill")]
    [InlineData("灰石坡钢构", "灰石坡钢构")]
    [InlineData("钢构", "灰石坡钢构")]
    [InlineData("灰石", "灰石坡钢构", "北京 灰石")]
    [InlineData("灰", "灰石坡钢构")]
    [InlineData("北京灰石", "北京 灰石")]
    [InlineData("peter", "Johanna Petersen")]
    [InlineData("johanna@", "Johanna Petersen")]
    [InlineData("kessel.example", "Johanna Petersen", "Schmidt Kessel & Söhne")]
    [InlineData("040 123", "Schmidt Kessel & Söhne")]
    [InlineData("+49 40 123456", "Schmidt Kessel & Söhne")]
    [InlineData("0171-555", "Johanna Petersen")]
    [InlineData("kettle", "Kettle renewal")]
    public async Task What_is_there_is_found_best_first(string text,
        params string[] titles) => Assert.Equal(titles, await Titles(text, world.Rep));

    [Theory]
    [InlineData("schmitd", "Schmidt Kessel & Söhne")]
    [InlineData("schmdt", "Schmidt Kessel & Söhne")]
    [InlineData("schmiddt", "Schmidt Kessel & Söhne")]
    [InlineData("jhoanna", "Johanna Petersen")]
    [InlineData("petersn", "Johanna Petersen")]
    [InlineData("kettel", "Kettle renewal")]
    [InlineData("acmee", "ＡＣＭＥ　Ｗｏｒｋｓ")]
    public async Task A_typing_error_is_forgiven(string text, string title) => Assert.Contains(title, await Titles(text, world.Rep));

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("quite something else")]
    [InlineData("钢石")]
    [InlineData("schmidt long gone")]
    [InlineData("kettle dropped")]
    [InlineData("%")]
    [InlineData("__")]
    [InlineData("\\")]
    public async Task What_is_not_there_or_archived_is_not_found(string? text) => Assert.Empty(await Exact(text, world.Rep));

    [Fact]
    public async Task A_deal_is_found_by_those_who_may_see_it()
    {
        Assert.Equal(["Kettle renewal"], await Titles("kettle", world.Rep));
        Assert.Equal(["Kettle renewal"], await Titles("kettle", world.Manager));
        Assert.Equal(["Kettle of the neighbours"], await Titles("kettle", world.Other));
        Assert.Equal(["Kettle renewal", "Kettle of the neighbours"], await Titles("kettle", await world.User(Role.Admin)));
        Assert.DoesNotContain("Kettle of the neighbours", await Titles("neighbuors", world.Rep));
        Assert.Empty(await Exact("neighbours", world.Rep));
        Assert.Equal(ProblemCode.Unauthenticated, (await world.No(new Search.Query("kettle"), Caller.Anonymous)).Code);
    }

    [Fact]
    public async Task A_hit_says_what_it_is_and_of_whom()
    {
        var deal = Assert.Single((await world.Ok(new Search.Query("kettle renewal"), world.Rep.As())).Items);
        var contact = Assert.Single((await world.Ok(new Search.Query("petersen"), world.Rep.As())).Items);
        var customer = (await world.Ok(new Search.Query("schmidt kessel"), world.Rep.As())).Items[0];
        Assert.Equal((SearchType.Deal, "Schmidt Kessel & Söhne", customer.CustomerId), (deal.Type, deal.Subtitle, deal.CustomerId));
        Assert.Equal((SearchType.Contact, "Schmidt Kessel & Söhne", customer.CustomerId),
            (contact.Type, contact.Subtitle, contact.CustomerId));
        Assert.Equal((SearchType.Customer, customer.CustomerId.Value, "office@kessel.example"),
            (customer.Type, customer.Id, customer.Subtitle));
    }

    [Fact]
    public async Task What_has_changed_is_found_as_it_is_now()
    {
        var customer = await world.Ok(new CreateCustomer.Command("Turnstile"), world.Rep.As());
        await world.Ok(new UpdateCustomer.Command(customer.Id, 1, new CustomerFields { Name = "Weathervane", Email = "v@vane.example" }),
            world.Rep.As());
        Assert.Empty(await Exact("turnstile", world.Rep));
        Assert.Equal(["Weathervane"], await Titles("vane.example", world.Rep));
        var deal = await world.Ok(new CreateDeal.Command(customer.Id, "Sundial"), world.Rep.As());
        deal = await world.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Title = "Hourglass" }), world.Rep.As());
        Assert.Empty(await Exact("sundial", world.Rep));
        Assert.Equal(["Hourglass"], await Titles("hourglass", world.Rep));
        await world.Ok(new ReassignDeals.Command(world.Rep, world.Other, [deal.Id]), (await world.User(Role.Admin)).As());
        Assert.Empty(await Exact("hourglass", world.Rep));
        Assert.Equal(["Hourglass"], await Titles("hourglass", world.Other));
    }

    [Fact]
    public async Task No_more_than_twenty_are_answered_and_a_text_that_cannot_be_is_refused()
    {
        for (var i = 0; i < 25; i++)
        {
            await world.Ok(new CreateCustomer.Command($"Milestone {i}"), world.Rep.As());
        }

        Assert.Equal(Search.Most, (await Titles("milestone", world.Rep)).Count);
        Assert.Equal(["q"], (await world.No(new Search.Query("a\0b"), world.Rep.As())).Errors.Keys);
        Assert.Equal(["q"], (await world.No(new Search.Query(new string('x', 201)), world.Rep.As())).Errors.Keys);
    }

    [Theory]
    [InlineData("kessel@", 0)]
    [InlineData("OFFICE@KESSEL.example", 1)]
    [InlineData("(040) 123 456", 1)]
    [InlineData("ａｃｍｅ", 1)]
    [InlineData("钢构", 1)]
    public async Task Lists_and_pickers_find_customers_by_name_mail_and_phone(string text, int found)
    {
        Assert.Equal(found, (await world.Ok(new ListCustomers.Query(text, null, new PageRequest()), world.Rep.As())).Items.Count);
        Assert.Equal(found, (await world.Ok(new SearchCustomers.Query(text), world.Rep.As())).Items.Count);
    }

    [Theory]
    [InlineData("ＫＥＴＴＬＥ", 1)]
    [InlineData("office@kessel", 1)]
    [InlineData("040 123", 1)]
    [InlineData("ketle", 0)]
    public async Task Lists_of_deals_and_the_board_find_by_title_and_customer(string text, int found)
    {
        var deals = await world.Ok(new ListDeals.Query(new DealFilter(Search: text), new PageRequest()), world.Rep.As());
        Assert.Equal(found, deals.Items.Count);
        var board = await world.Ok(new GetBoard.Query(new BoardFilter(Search: text)), world.Rep.As());
        Assert.Equal(found, board.Columns.Sum(column => column.Count));
    }

    private async Task<List<string>> Titles(string? text, UserId reader) =>
        [.. (await world.Ok(new Search.Query(text), reader.As())).Items.Select(hit => hit.Title)];

    /// <summary>Those that hold the text, without those that are only spelt alike.</summary>
    private async Task<List<string>> Exact(string? text, UserId reader) =>
        [.. (await Titles(text, reader)).Where(title => title.Contains(text!.Trim(), StringComparison.OrdinalIgnoreCase))];
}
