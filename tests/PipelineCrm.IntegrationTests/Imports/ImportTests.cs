using System.Text;
using PipelineCrm.Domain;
using PipelineCrm.Imports;

namespace PipelineCrm.IntegrationTests.Imports;

public sealed class ImportTests(TestCluster cluster)
{
    private static readonly ImportCounts Whole = new(Deals: 20, Customers: 5, Placeholders: 1, Users: 6, Products: 3);

    [Fact]
    public async Task The_small_set_comes_to_exactly_its_figures()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await import.Run();

        Assert.Equal(Whole, answer.Created);
        Assert.Equal(0, answer.Rejected);
        Assert.Empty(await import.Differences());
        Assert.Equal("sales_teams 4, products 3, accounts 5, sales_pipeline 20",
            string.Join(", ", answer.Read.Select(file => $"{file.Key} {file.Value}")));
        Assert.Equal("1 0 3\n2 0 2\n2 1 7\n5 2 8",
            await import.Rows("select stage, outcome, count(*) from deals group by 1, 2 order by 1, 2"));
        Assert.Equal("14435.9000 8", await import.Rows("select sum(amount), count(amount) from deals where currency = 'USD'"));
        Assert.Equal("1 3\n11 48", await import.Rows("select kind, count(*) from transitions group by 1 order by 1"));
        Assert.Equal("GTX Pro",
            await import.Rows("select distinct p.name from deals d join products p on p.id = d.product_id where p.name like 'GTX%'"));
        Assert.Equal("technology United States", await import.Rows("select sector, country from customers where name like 'Blue%'"));
        Assert.Equal("retail Philippines", await import.Rows("select sector, country from customers where name like 'Ferrum%'"));
    }

    [Fact]
    public async Task A_won_row_is_create_skip_advance_complete_at_the_instants_of_the_file()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();

        Assert.Equal(
            """
            1 11 1 2 0 2024-01-05T00:00:00Z 1 2
            2 11 3 4 0 2024-02-14T00:00:00Z 3 4
            3 11 2 5 0 2024-02-14T00:00:00Z 5 5
            4 11 7 5 2 2024-02-14T00:00:00Z  
            """.ReplaceLineEndings("\n"),
            await import.Rows("""
                select t.seq, t.kind, t.imported_kind, t.to_stage, t.to_outcome, to_char(t.occurred_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                       t.counted_from, t.counted_to
                from transitions t join deals d on d.id = t.deal_id where d.external_key = 'maven-crm:A0001' order by seq
                """));
        Assert.Equal("4800 2024-02-14", await import.Rows("""
            select h.after, to_char(h.occurred_at at time zone 'utc', 'YYYY-MM-DD') from history h join deals d on d.id::text = h.entity_id
            where h.field = 'amount' and d.external_key = 'maven-crm:A0001'
            """));
        Assert.Equal(40L * 86400, await import.Scalar<long>(
            "select seconds_in_stage from transitions t join deals d on d.id = t.deal_id where d.external_key = 'maven-crm:A0001' and seq = 2"));
    }

    [Fact]
    public async Task A_row_without_a_date_is_a_move_like_any_other_whose_entry_is_unknown()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        Assert.Equal($"1 {DefaultRules.Version} False True 3", await import.Rows("""
            select t.kind, t.rule_set, d.stage_entry_known, t.occurred_at = (select at from imports) and t.recorded_at >= t.occurred_at, count(*)
            from transitions t join deals d on d.id = t.deal_id where d.stage = 1 group by 1, 2, 3, 4
            """));
    }

    [Fact]
    public async Task Customers_stand_where_their_deals_do_and_the_history_tells_how_they_came_there()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();

        Assert.Equal(
            "(no account) 0  False \nBlue Kettle Works 5  True 05-02\nFerrum, Sons & Co 6 2 False 04-05\nNordlicht Labor 5  True 06-03\nQuiet Harbour 1  False now\n青石贸易 2  True 03-05",
            await import.Rows("""
                select name, status, status_stage, returning_customer,
                       case when status_since > now() - interval '1 hour' then 'now' else to_char(status_since at time zone 'utc', 'MM-DD') end
                from customers order by name collate "C"
                """));
        Assert.Equal("""
            02-02 consideration
            04-02 purchase
            04-02 postPurchase
            04-03 consideration
            06-03 purchase
            06-03 postPurchase
            """.ReplaceLineEndings("\n"), await import.Rows("""
            select to_char(h.occurred_at at time zone 'utc', 'MM-DD'), h.after #>> '{}' from history h join customers c on c.id::text = h.entity_id
            where h.field = 'status' and c.name = 'Nordlicht Labor' order by h.occurred_at, h.id
            """));
        Assert.Equal(0, await import.Scalar<long>("select count(*) from history h where field = 'status' and transition_id is null"));
    }

    [Fact]
    public async Task The_same_files_again_make_nothing_twice()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var before = await import.Content();
        var again = await import.Run();

        Assert.Equal(new ImportCounts(), again.Created);
        Assert.Equal(new ImportCounts(), again.Updated);
        Assert.Equal(Whole, again.Skipped);
        Assert.Equal(before, await import.Content());
    }

    [Fact]
    public async Task A_corrected_file_updates_what_it_names()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        var again = await import.Run(
            ImportRunner.Of("accounts.csv", ImportRunner.Text("accounts.csv").Replace("Kenya", "Uganda", StringComparison.Ordinal)));

        Assert.Equal(new ImportCounts(Customers: 1), again.Updated);
        Assert.Equal("Uganda 2", await import.Rows("select country, version from customers where name = 'Quiet Harbour'"));
    }

    [Fact]
    public async Task A_later_file_tells_an_old_customer_s_status_anew()
    {
        await using var import = await ImportRunner.Start(cluster);
        await import.Run();
        const string header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";
        var more = await import.Run(
            ImportRunner.Of("sales_pipeline.csv", header + "B1,Ada Quill,GTXPro,\"Ferrum, Sons & Co\",Engaging,1/20/2024,,\n"));

        Assert.Equal(1, more.Created.Deals);
        Assert.Empty(await import.Differences());
        Assert.Equal("2 ", await import.Rows("select status, status_stage from customers where name like 'Ferrum%'"));
        Assert.Equal("consideration", await import.Rows("""
            select after #>> '{}' from history h join customers c on c.id::text = h.entity_id
            where h.field = 'status' and c.name like 'Ferrum%' order by h.occurred_at desc, h.id desc limit 1
            """));
    }

    [Fact]
    public async Task A_dry_run_says_the_same_and_changes_nothing()
    {
        await using var import = await ImportRunner.Start(cluster);
        var before = await import.Content();
        var dry = await import.Send(new RunImport.Command(ImportRunner.MavenWith(), ImportRunner.MavenMapping, DryRun: true));

        Assert.Equal(Whole, dry.Value!.Created);
        Assert.Equal(before, await import.Content());
    }

    [Fact]
    public async Task One_s_own_mapping_reads_one_s_own_columns_formats_and_dates()
    {
        await using var import = await ImportRunner.Start(cluster);
        var rep = await import.Crm.User(Role.Rep);
        var mail = await import.Scalar<string>($"select email from users where id = '{rep}'");
        var file = ImportRunner.Of("x.csv",
            ImportRunner.Text("pipeline-of-ours.csv").Replace("rep@test.example", mail, StringComparison.Ordinal));
        var result =
            await import.Send(new RunImport.Command([file], new ImportMappingSource(null, ImportRunner.Text("pipeline-of-ours.json"))));

        Assert.True(result.Ok, result.Problem?.Message);
        Assert.Empty(result.Value.Errors);
        Assert.Equal(new ImportCounts(Deals: 3, Customers: 2), result.Value.Created);
        Assert.Equal(
            """
            Muster Möbel 1 4 0 1234.5600  2024-01-31 23:00
            Muster Möbel 2 1 1 99.0000 price 
            Beispiel Bau 3 2 0   
            """.ReplaceLineEndings("\n"),
            await import.Rows(
                "select title, stage, outcome, amount, lost_reason, to_char(won_at at time zone 'utc', 'YYYY-MM-DD HH24:MI') from deals order by external_key"));
        Assert.Equal("Austria\nGermany", await import.Rows("select country from customers order by 1"));
    }

    [Fact]
    public async Task The_only_admin_imports_unless_told_otherwise()
    {
        await using var import = await ImportRunner.Start(cluster);
        var other = await import.Crm.User(Role.Admin);
        var mail = await import.Scalar<string>($"select email from users where id = '{other}'");
        var command = new RunImport.Command(ImportRunner.MavenWith(), ImportRunner.MavenMapping);

        Assert.Equal("There are several admins. Say who imports with --as EMAIL.", (await import.Send(command)).Problem?.Message);
        Assert.Equal("There is no enabled admin nobody@test.example.",
            (await import.Send(command with { As = "nobody@test.example" })).Problem?.Message);
        Assert.True((await import.Send(command with { As = mail })).Ok);
        Assert.Equal(other.ToString(), await import.Rows("select distinct by_user from transitions"));
    }

    [Theory]
    [InlineData(Role.Viewer)]
    [InlineData(Role.Rep)]
    [InlineData(Role.Manager)]
    public async Task Only_an_admin_imports(Role role)
    {
        await using var import = await ImportRunner.Start(cluster);
        var user = await import.Crm.User(role);
        var result = await import.Crm.Door.Send(
            new RunImport.Command(ImportRunner.MavenWith(), ImportRunner.MavenMapping), new Caller(user, Channel.Api),
            TestContext.Current.CancellationToken);
        Assert.Equal(ProblemCode.Forbidden, result.Problem?.Code);
    }

    [Fact]
    public async Task The_messages_are_in_the_reader_s_language()
    {
        var culture = System.Globalization.CultureInfo.CurrentUICulture;
        System.Globalization.CultureInfo.CurrentUICulture = new("zh-CN");
        try
        {
            await using var import = await ImportRunner.Start(cluster);
            var result =
                await import.Send(new RunImport.Command([ImportRunner.Of("空.csv", Encoding.UTF8.GetBytes(""))], ImportRunner.MavenMapping));
            Assert.Equal("空.csv 是空文件。", result.Problem?.Message);
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentUICulture = culture;
        }
    }
}
