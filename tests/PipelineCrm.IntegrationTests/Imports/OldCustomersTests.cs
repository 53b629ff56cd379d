using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>Files that bring more of customers who are there already.</summary>
public sealed class OldCustomersTests(TestCluster cluster)
{
    [Fact]
    public async Task What_a_later_file_tells_of_long_ago_leaves_an_old_customer_where_it_stands()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        await import.Run(More("B1,Ada Quill,GTXPro,Blue Kettle Works,Lost,1/20/2020,2/20/2020,"));

        Assert.Empty(await import.Differences());
        Assert.Equal("5  True 05-02", await import.Rows("""
            select status, status_stage, returning_customer, to_char(status_since at time zone 'utc', 'MM-DD') from customers where name like 'Blue%'
            """));
        Assert.Equal("20-01-20 consideration\n20-02-20 lost\n24-01-05 consideration",
            await import.Rows(StatusOf("status", "Blue%", to: "2024-01-08")));
        Assert.Equal("20-02-20 consideration\n24-01-05 null", await import.Rows(StatusOf("statusStage", "Blue%", to: "2024-01-08")));
    }

    [Theory]
    [InlineData(false, "5", "lost postPurchase")]
    [InlineData(true, "2", "lost consideration postPurchase")]
    public async Task A_customer_whose_deal_was_archived_or_restored_takes_another(bool restored, string status, string told)
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        await import.Run(More("B1,Ada Quill,GTXPro,\"Ferrum, Sons & Co\",Engaging,1/20/2024,,"));
        var deal = new DealId(await import.Scalar<Guid>("select id from deals where external_key = 'maven-crm:B1'"));
        await import.Crm.Ok(new ArchiveDeal.Command(deal, 1), import.Admin.As());
        if (restored)
        {
            await import.Crm.Ok(new RestoreDeal.Command(deal, 2), import.Admin.As());
        }

        await import.Run(More("B2,Ada Quill,GTXPro,\"Ferrum, Sons & Co\",Won,7/1/2024,7/1/2024,5"));
        Assert.Empty(await import.Differences());
        Assert.Equal(status, await import.Rows("select status from customers where name like 'Ferrum%'"));
        Assert.Equal("24-07-01 purchase\n24-07-01 postPurchase\n24-07-01 consideration",
            await import.Rows(StatusOf("status", "Ferrum%", from: "2024-06-01", to: "2024-08-01")));
        Assert.Equal(told, await import.Rows("""
            select string_agg(h.after #>> '{}', ' ' order by h.id) from history h join customers c on c.id::text = h.entity_id
            where h.field = 'status' and c.name like 'Ferrum%' and h.occurred_at > '2024-08-01Z'
            """));
    }

    /// <summary>What an import tells of a time that holds an undone deal is right without it: that deal never was.</summary>
    [Fact]
    public async Task A_customer_with_an_undone_deal_takes_another()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        await import.Run(More("B1,Ada Quill,GTXPro,\"Ferrum, Sons & Co\",Engaging,5/20/2024,,"));
        await import.Crm.Ok(new UndoImport.Command(), Caller.Console);
        await import.Run(More("B1,Ada Quill,GTXPro,\"Ferrum, Sons & Co\",Engaging,6/20/2024,,"));

        Assert.Empty(await import.Differences());
        Assert.Equal("2 06-20",
            await import.Rows("select status, to_char(status_since at time zone 'utc', 'MM-DD') from customers where name like 'Ferrum%'"));
        Assert.Equal("24-05-20 consideration\n24-05-20 lost\n24-06-20 consideration",
            await import.Rows(StatusOf("status", "Ferrum%", from: "2024-05-01", to: "2024-08-01")));
    }

    [Fact]
    public async Task A_row_for_an_archived_customer_is_refused_and_its_name_is_free_for_another()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        await import.WriteCustomer("Quiet Harbour", "archived_at", "now()", "archivedAt");
        var more = More("B1,Ada Quill,GTXPro,Quiet Harbour,Engaging,1/20/2024,,");
        var refused = await import.Run(more);
        Assert.False(refused.Done);
        Assert.Equal(["accounts.csv 6 account", "sales_pipeline.csv 2 account"],
            refused.Errors.Select(error => $"{error.File} {error.Row} {error.Column}"));
        Assert.All(refused.Errors,
            error => Assert.Equal("This customer is archived. Restore it first, or leave the row out.", error.Reason));

        await import.WriteCustomer("Quiet Harbour", "external_key", "null", "externalKey");
        Assert.Equal(new ImportCounts(Deals: 1, Customers: 1), (await import.Run(more)).Created);
        Assert.Empty(await import.Differences());
    }

    [Fact]
    public async Task A_customer_archived_while_the_files_are_read_takes_nothing()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var result = await Meanwhile(
            import,
            More("B1,Ada Quill,GTXPro,Quiet Harbour,Engaging,1/20/2024,,", "B2,Ada Quill,GTXPro,,Engaging,never,,"),
            () => import.WriteCustomer("Quiet Harbour", "archived_at", "now()", "archivedAt"));
        Assert.Equal(ProblemCode.Conflict, result.Problem?.Code);
        Assert.Equal("20", await import.Rows("select count(*) from deals"));
    }

    [Fact]
    public async Task A_row_without_dates_is_judged_by_what_an_old_customer_has_already()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        await DemandADecisionMaker(import);
        var more = More("B1,Ada Quill,GTXPro,Quiet Harbour,Prospecting,,,");
        Assert.Equal("The stage rules do not let this deal in: Name a decision maker.",
            Assert.Single((await import.Run(more)).Errors).Reason);

        await import.Crm.Ok(new AddContact.Command(await Customer(import), "Somebody", DecisionMaker: true), import.Admin.As());
        Assert.Equal(1, (await import.Run(more)).Created.Deals);
        Assert.Equal("decisionMakers true 1", await import.Rows("""
            select c ->> 'field', c ->> 'result', c ->> 'found' from transitions t join deals d on d.id = t.deal_id, jsonb_array_elements(t.conditions) c
            where d.external_key = 'maven-crm:B1'
            """));
    }

    /// <summary>Rows are judged in batches: the first has been judged when the bad row at the end is met.</summary>
    [Fact]
    public async Task A_contact_that_comes_after_a_row_was_judged_is_not_overlooked()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var customer = await Customer(import);
        var others = Enumerable.Range(2, 2500).Select(i => $"B{i},Ada Quill,GTXPro,,Engaging,1/20/2024,,");
        var result = await Meanwhile(
            import,
            More(["B1,Ada Quill,GTXPro,Quiet Harbour,Prospecting,,,", .. others, "C,Ada Quill,GTXPro,,Engaging,never,,"]),
            () => import.Crm.Ok(new AddContact.Command(customer, "Somebody"), import.Admin.As()));
        Assert.Equal(ProblemCode.Conflict, result.Problem?.Code);
        Assert.Equal("20", await import.Rows("select count(*) from deals"));
    }

    private static ImportFile More(params string[] rows) => ImportRunner.Of(
        "sales_pipeline.csv",
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n" + string.Join("\n", rows) + "\n");

    /// <summary>Something happens as soon as the file's bad row is met.</summary>
    private static async Task<Result<RunImport.Answer>> Meanwhile(ImportRunner import, ImportFile file, Func<Task> happens)
    {
        var happened = false;
        var result = await import.Send(new RunImport.Command(ImportRunner.MavenWith(
            file), ImportRunner.MavenMapping, GoodRows: true, BadRows: _ =>
        {
            happens().GetAwaiter().GetResult();
            happened = true;
            return new MemoryStream();
        }));
        Assert.True(happened);
        return result;
    }

    private static string StatusOf(string field, string customer, string from = "-infinity", string to = "infinity") => $$"""
        select to_char(h.occurred_at at time zone 'utc', 'YY-MM-DD'), coalesce(h.after #>> '{}', 'null')
        from history h join customers c on c.id::text = h.entity_id
        where h.field = '{{field}}' and c.name like '{{customer}}' and h.occurred_at >= '{{from}}' and h.occurred_at < '{{to}}'
        order by h.occurred_at, h.id
        """;

    private static async Task<CustomerId> Customer(ImportRunner import) =>
        new(await import.Scalar<Guid>("select id from customers where name = 'Quiet Harbour'"));

    private static async Task DemandADecisionMaker(ImportRunner import)
    {
        var rules = await import.Crm.Ok(new GetRules.Query(Draft: true), import.Admin.As());
        var content = await import.Scalar<string>("""
            select jsonb_set(content, '{stages,awareness,enter}', '[{"key":"known","all":[{"field":"decisionMakers","op":"gte","value":1}],"mode":"block",
                "message":{"en":"Name a decision maker.","zh-CN":"请指定决策人。"},"overrideBy":[]}]')::text from rule_sets where version = 1
            """);
        await import.Crm.Ok(new SaveRuleDraft.Command(content, rules.Etag), import.Admin.As());
        await import.Crm.Ok(new PublishRules.Command("A decision maker first"), import.Admin.As());
    }
}
