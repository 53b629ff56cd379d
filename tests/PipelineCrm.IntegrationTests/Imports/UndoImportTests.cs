using System.Text.Json;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Funnel;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;
using PipelineCrm.IntegrationTests.Funnel;
using PipelineCrm.Products;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>An import is undone as a whole or not at all.</summary>
public sealed class UndoImportTests(TestCluster cluster)
{
    private const string Header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_undone_counts_nowhere(bool folded)
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        if (folded)
        {
            Assert.Equal(20, await import.Crm.Fold(100));
        }

        var undone = await import.Crm.Ok(new UndoImport.Command(), Caller.Console);

        Assert.Equal(new UndoImport.Answer(1, Deals: 20, Customers: 6, CustomersKept: 0, Products: 3, ProductsKept: 0, Users: 6, Teams: 4,
            PutBack: 0, Updated: 0), undone);
        Assert.Empty(await import.Differences());
        Assert.All((await import.Crm.Ok(new GetBoard.Query(new BoardFilter()), import.Admin.As())).Columns,
            column => Assert.Equal((0, 0), (column.Count, column.Items.Count)));
        Assert.Empty((await import.Crm.Ok(new ListCustomers.Query(null, null, new PageRequest()), import.Admin.As())).Items);
        foreach (var scope in new[] { new FunnelScope(), new FunnelScope("snapshot"), new FunnelScope("snapshot", At: "2024-04-01") })
        {
            Assert.All((await import.Crm.Ok(new GetFunnel.Query(scope), import.Admin.As())).Stages, stage => Assert.Equal(0, stage.N));
        }
    }

    [Fact]
    public async Task Each_deal_has_one_undo_more_and_the_history_and_the_outbox_tell_it()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        await import.Crm.Ok(new UndoImport.Command(), Caller.Console);

        Assert.Equal("20 20 20 True", await import.Rows($"""
            select count(*), count(distinct t.deal_id), count(f.id), bool_and(t.from_stage = t.to_stage and t.from_outcome = t.to_outcome and t.by_user = '{import.Admin}'
                   and t.rule_set = 2 and t.version = 2 and t.seq = d.last_seq and d.void and d.version = 2)
            from transitions t join deals d on d.id = t.deal_id left join transitions f on f.id = t.undoes and f.seq = 1 and f.deal_id = t.deal_id where t.kind = 10
            """));
        Assert.Equal("20 true", await import.Rows("""
            select count(*), min(h.after::text) from history h join transitions t on t.id = h.transition_id and t.kind = 10 where h.field = 'void' and h.version = 2
            """));
        Assert.Equal("20", await import.Rows("select count(*) from outbox where subject = 'deal' and change = 2 and version = 2"));
        Assert.Equal("5 none", await import.Rows("""
            select count(*), min(h.after #>> '{}') from history h join transitions t on t.id = h.transition_id and t.kind = 10 where h.field = 'status'
            """));
        Assert.Equal("archivedAt 6\nexternalKey 6", await import.Rows(
            "select field, count(*) from history where entity = 'customer' and field in ('archivedAt', 'externalKey') group by 1 order by 1"));
        Assert.Equal("3", await import.Rows(
            "select count(*) from history where entity = 'product' and field = 'active' and after = 'false' and before = 'true'"));
    }

    [Fact]
    public async Task The_same_files_come_to_the_same_again_as_often_as_one_likes()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var funnel = await Funnel(import);
        for (var round = 2; round <= 3; round++)
        {
            var undone = await import.Crm.Ok(new UndoImport.Command(), Caller.Console);
            Assert.Equal((3, 0, 0), (undone.Products, undone.ProductsKept, undone.Updated));
            var again = await import.Run();

            Assert.Equal(new ImportCounts(Deals: 20, Customers: 5, Placeholders: 1), again.Created);
            Assert.Equal(new ImportCounts(Products: 3), again.Updated);
            Assert.Equal(new ImportCounts(Users: 6), again.Skipped);
            Assert.Equal(round, again.Import);
            Assert.Equal(funnel, await Funnel(import));
            Assert.Empty(await import.Differences());
            Assert.Equal("3", await import.Rows("select count(*) from products where active"));
        }
    }

    [Fact]
    public async Task A_deal_that_somebody_undid_by_hand_stands_in_nobody_s_way()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var deal = await import.Deal("A0014");
        var opened = Assert.Single((await import.Crm.Ok(new ListTransitions.Query(deal.Id, new PageRequest()), import.Admin.As())).Items);
        await import.Crm.Ok(new UndoTransition.Command(opened.Id), import.Admin.As());

        Assert.Equal(19, (await import.Crm.Ok(new UndoImport.Command(), Caller.Console)).Deals);
        Assert.Empty(await import.Differences());
        Assert.Equal(20, (await import.Run()).Created.Deals);
    }

    [Fact]
    public async Task Customers_and_products_that_somebody_uses_stay()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var admin = import.Admin.As();
        await import.Crm.Ok(new AddContact.Command(await Customer(import, "Quiet%"), "Somebody"), admin);
        var renamed = await import.Crm.Ok(new GetCustomer.Query(await Customer(import, "Nordlicht%")), admin);
        await import.Crm.Ok(new UpdateCustomer.Command(renamed.Id, renamed.Version, new CustomerFields { Phone = "123" }), admin);
        var own = await import.Crm.NewDeal(import.Admin, customer: await Customer(import, "Ferrum%"));
        var product = new ProductId(await import.Scalar<Guid>("select id from products where name = 'GTX Pro'"));
        await import.Crm.Ok(new AddQuote.Command(own.Id, [new AddQuote.Line(product, Price: 1)], Currency: "USD"), admin);

        var archived = await import.Crm.NewDeal(import.Admin, customer: await Customer(import, "Blue%"));
        await import.Crm.Ok(new ArchiveDeal.Command(archived.Id, archived.Version), admin);

        var undone = await import.Crm.Ok(new UndoImport.Command(), Caller.Console);
        Assert.Equal((2, 4, 2, 1), (undone.Customers, undone.CustomersKept, undone.Products, undone.ProductsKept));
        Assert.Equal("Blue Kettle Works 0\nFerrum, Sons & Co 1\nNordlicht Labor 0\nQuiet Harbour 0",
            await import.Rows("select name, status from customers where archived_at is null order by 1"));
        Assert.Empty(await import.Differences());

        var again = await import.Run();
        Assert.Equal(new ImportCounts(Deals: 20, Customers: 1, Placeholders: 1), again.Created);
        Assert.Empty(await import.Differences());
        Assert.Equal("Blue Kettle Works 5\nFerrum, Sons & Co 1\nNordlicht Labor 5\nQuiet Harbour 1", await import.Rows(
            "select name, status from customers where name <> '青石贸易' and not placeholder and archived_at is null order by 1"));
    }

    [Fact]
    public async Task A_product_that_an_admin_took_out_of_use_stays_so()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var product = Assert.Single((await import.Crm.Ok(new ListProducts.Query(new PageRequest(), "GTX Pro"), import.Admin.As())).Items);
        await import.Crm.Ok(new SaveProduct.Command(product.Id, product.Version, product.Name, product.Price, product.Currency,
            Active: false), import.Admin.As());
        await import.Crm.Ok(new UndoImport.Command(), Caller.Console);
        await import.Run();
        Assert.Equal("GTX Pro False\nMG Special True\nWidget Nine True", await import.Rows("select name, active from products order by 1"));
    }

    [Fact]
    public async Task Imports_that_build_on_each_other_are_undone_one_by_one()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var more = await import.Run(
            ImportRunner.Of("sales_pipeline.csv", Header + "B1,Ada Quill,GTXPro,\"Ferrum, Sons & Co\",Engaging,1/20/2024,,\n"));
        Assert.Equal("Ferrum, Sons & Co 2", await import.Rows("select name, status from customers where name like 'Ferrum%'"));

        Assert.Equal((2, 1, 0), ((await import.Crm.Ok(new UndoImport.Command(), Caller.Console)) is var second
            ? (second.Import, second.Deals, second.Customers) : default));
        Assert.Equal(2, more.Import);
        Assert.Equal("Ferrum, Sons & Co 6 2 04-05", await import.Rows(
            "select name, status, status_stage, to_char(status_since at time zone 'utc', 'MM-DD') from customers where name like 'Ferrum%'"));
        Assert.Empty(await import.Differences());
        Assert.Equal(6, (await import.Crm.Ok(new UndoImport.Command(1), Caller.Console)).Customers);
        Assert.Empty(await import.Differences());
    }

    [Fact]
    public async Task Values_that_it_wrote_over_others_come_back_where_nobody_changed_them_since()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var before = await Values(import);
        var customers = ImportRunner.Text("accounts.csv").Replace("technolgy", "finance").Replace("Norway", "Japan")
            .Replace("Kenya", "Brazil");
        var products = ImportRunner.Text("products.csv").Replace("4821", "5000").Replace("19.90", "20");
        var over = await import.Run(ImportRunner.Of("accounts.csv", customers), ImportRunner.Of("products.csv", products));
        Assert.Equal(new ImportCounts(Customers: 3, Products: 2), over.Updated);
        Assert.NotEqual(before, await Values(import));
        var quiet = await import.Crm.Ok(new GetCustomer.Query(await Customer(import, "Quiet%")), import.Admin.As());
        await import.WriteCustomer("Quiet%", "country", "'Peru'", "country");

        var undone = await import.Crm.Ok(new UndoImport.Command(), Caller.Console);
        Assert.Equal((2, 4, 1), (undone.Import, undone.PutBack, undone.Updated));
        Assert.Equal(before.Replace("Kenya", "Peru"), await Values(import));
        Assert.Equal(quiet.Version + 1, (await import.Crm.Ok(new GetCustomer.Query(quiet.Id), import.Admin.As())).Version);
        Assert.Equal("0", await import.Rows("select count(*) from import_overwrites"));
        Assert.Equal("\"Japan\" \"Norway\"",
            await import.Rows("select before, after from history where field = 'country' order by id desc limit 1"));
        Assert.Empty(await import.Differences());

        static Task<string> Values(ImportRunner import) =>
            import.Rows(
                "select name, sector, country from customers where not placeholder union all select name, price::text, currency from products order by 1");
    }

    [Fact]
    public async Task Which_import_is_said_or_the_latest_that_did_anything_and_never_twice()
    {
        await using var import = await ImportRunner.Start(cluster);
        Assert.Equal("Nothing was imported yet, so there is nothing to undo.",
            (await import.Crm.No(new UndoImport.Command(), Caller.Console)).Message);
        await import.Run();
        Assert.Equal(2, (await import.Run()).Import);
        Assert.Equal("There is no import 7. import --list shows them.",
            (await import.Crm.No(new UndoImport.Command(7), Caller.Console)).Message);

        Assert.Equal(1, (await import.Crm.Ok(new UndoImport.Command(), Caller.Console)).Import);
        Assert.Equal("Import 1 was undone already.", (await import.Crm.No(new UndoImport.Command(), Caller.Console)).Message);
        Assert.Equal("Import 1 was undone already.", (await import.Crm.No(new UndoImport.Command(1), Caller.Console)).Message);
    }

    [Fact]
    public async Task The_list_says_who_imported_what_and_what_was_undone()
    {
        await using var import = await ImportRunner.Start(cluster);
        Assert.Empty(await import.Crm.Ok(new ListImports.Query(), Caller.Console));
        await import.Send(new RunImport.Command(ImportRunner.MavenWith(), ImportRunner.MavenMapping, DryRun: true));
        await import.Run();
        await import.Crm.Ok(new UndoImport.Command(), Caller.Console);

        var only = Assert.Single(await import.Crm.Ok(new ListImports.Query(), Caller.Console));
        Assert.Equal((1, "maven-crm", new ImportCounts(20, 5, 1, 6, 3), new ImportCounts(), 0),
            (only.Number, only.Mapping, only.Created, only.Updated, only.Rejected));
        Assert.Equal(ImportRunner.Maven.Order(), only.Files.Order());
        var name = await import.Scalar<string>($"select display_name from users where id = '{import.Admin}'");
        Assert.Equal((name, name), (only.By, only.UndoneBy));
        Assert.True(only.At < only.UndoneAt);
    }

    [Fact]
    public async Task An_import_that_read_before_another_was_undone_begins_anew()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var undone = false;
        var last = ImportRunner.Of("sales_pipeline.csv",
            Header + "B1,Ada Quill,GTXPro,Blue Kettle Works,Engaging,1/20/2024,,\nB2,Ada Quill,GTXPro,,Engaging,never,,\n");
        Stream UndoMeanwhile(string file)
        {
            undone = import.Crm.Door.Send(new UndoImport.Command(), Caller.Console, DealSteps.Ct).GetAwaiter().GetResult().Ok;
            return new MemoryStream();
        }

        var result = await import.Send(
            new RunImport.Command(ImportRunner.MavenWith(last), ImportRunner.MavenMapping, GoodRows: true, BadRows: UndoMeanwhile));

        Assert.True(undone);
        Assert.Equal(ProblemCode.Conflict, result.Problem?.Code);
        Assert.Equal("1", await import.Rows("select count(*) from imports"));
        Assert.Empty(await import.Differences());
    }

    private static async Task<CustomerId> Customer(ImportRunner import,
        string name) => new(await import.Scalar<Guid>($"select id from customers where name like '{name}'"));

    private static async Task<string> Funnel(ImportRunner import)
    {
        var passed = await import.Crm.Ok(new GetFunnel.Query(new FunnelScope()), import.Admin.As());
        var then = await import.Crm.Ok(new GetFunnel.Query(new FunnelScope("snapshot", At: "2024-04-01")), import.Admin.As());
        return JsonSerializer.Serialize(new { passed.Stages, passed.Summary, Then = then.Stages });
    }
}
