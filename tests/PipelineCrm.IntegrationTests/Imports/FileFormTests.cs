using System.Globalization;
using System.Text;
using PipelineCrm.Imports;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Organisation;

namespace PipelineCrm.IntegrationTests.Imports;

/// <summary>Files as people and their programs write them.</summary>
public sealed class FileFormTests(TestCluster cluster)
{
    private const string Mapping = """
        {"name":"forms","dateFormats":["yyyy-MM-dd"],"files":[{"name":"deals","records":[
        {"make":"user","key":"owner","fields":{"name":"owner"}},
        {"make":"customer","key":"customer","fields":{"name":"customer"}},
        {"make":"deal","key":"no","fields":{"title":"title","owner":"owner","customer":"customer","amount":"amount","currency":{"value":"EUR"},"expectedClose":"close"},
        "stage":{"steps":[{"to":"awareness","at":"opened"},{"to":"consideration","at":"considered","optional":true},{"to":"lost","at":"lost","optional":true,"reason":"why"}]}}]}]}
        """;

    private const string Header = "no,title,owner,customer,amount,close,opened,considered,lost,why\n";

    [Fact]
    public async Task A_row_of_separators_only_is_no_row()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await Run(import, Header + "1,Pause,Ann,Acme,5,,2026-09-01,,,\n,,,,,,,,,\n , , , ,\u00a0,,,,,\n,,,\n");
        Assert.Equal((true, 0, 1), (answer.Done, answer.Rejected, answer.Created.Deals));
        Assert.Equal(1, answer.Read["deals"]);
    }

    [Theory]
    [InlineData("no,title,owner,customer,amount,amount,close,opened,considered,lost,why\n", "two columns have the name amount")]
    [InlineData("no,title,owner,customer,Amount,amount,close,opened,considered,lost,why\n", "two columns have the name amount")]
    [InlineData("no,title,owner,customer,amount,extra,EXTRA,close,opened,considered,lost,why\n", "two columns have the name EXTRA")]
    public async Task Two_columns_of_one_name_are_refused_and_named(string header, string says)
    {
        await using var import = await ImportRunner.Start(cluster);
        Assert.Contains(says, await Refused(import, header + "1,Pause,Ann,Acme,5,6,,2026-09-01,,,\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_names_what_it_lacks()
    {
        await using var import = await ImportRunner.Start(cluster);
        Assert.Equal(
            "x.csv looks like deals of the mapping forms, but its header lacks: customer, why.",
            await Refused(import, "no,title,owner,amount,close,opened,considered,lost\n1,Pause,Ann,5,,2026-09-01,,\n"));
    }

    [Fact]
    public async Task Instants_with_an_offset_of_their_own_are_read_as_they_say()
    {
        await using var import = await ImportRunner.Start(cluster);
        await Zone(import, "Asia/Shanghai");
        var answer = await Run(import, Header
            + "1,Zulu,Ann,Acme,5,2026-09-30T23:00:00Z,2026-09-01T10:00:00Z,,,\n"
            + "2,Offset,Ann,Acme,5,,2026-09-01T10:00:00+08:00,,,\n"
            + "3,Fraction,Ann,Acme,5,,2026-09-01 10:00:00.250Z,,,\n"
            + "4,Day,Ann,Acme,5,,2026-09-01,,,\n");
        Assert.True(answer.Done, string.Join('\n', answer.Errors));
        Assert.Equal(
            "Zulu 2026-09-01 10:00:00.000\nOffset 2026-09-01 02:00:00.000\nFraction 2026-09-01 10:00:00.250\nDay 2026-08-31 16:00:00.000",
            await import.Rows(
                "select title, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS') from deals order by external_key"));
        Assert.Equal("2026-10-01", await import.Rows("select expected_close::text from deals where title = 'Zulu'"));
    }

    [Theory]
    [InlineData("yyyy-MM-ddTHH:mm:ssK")]
    [InlineData("yyyy-MM-ddTHH:mm:sszzz")]
    [InlineData("yyyy-MM-ddTHH:mm:ssZ")]
    public async Task Formats_that_ask_for_an_offset_do_not_end_the_import(string format)
    {
        await using var import = await ImportRunner.Start(cluster);
        var mapping = Mapping.Replace("yyyy-MM-dd", format, StringComparison.Ordinal);
        var answer = await Run(import, Header + "1,Zulu,Ann,Acme,5,,2026-09-01T10:00:00Z,2026-09-02T10:00:00+00:00,,\n", mapping);
        Assert.True(answer.Done, string.Join('\n', answer.Errors));
        Assert.Equal("2026-09-01 10:00",
            await import.Rows("select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from deals"));
    }

    [Theory]
    [InlineData("１２３４", "２０２６-０９-０１", "1234.0000")]
    [InlineData("１２３４．５", "2026-09-01", "1234.5000")]
    public async Task Wide_digits_are_the_same_digits(string amount, string day, string kept)
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await Run(import, Header + $"1,Wide,Ann,Acme,{amount},,{day},,,\n");
        Assert.True(answer.Done, string.Join('\n', answer.Errors));
        Assert.Equal($"{kept} 2026-09-01",
            await import.Rows("select amount, to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') from deals"));
    }

    [Fact]
    public async Task Digits_of_other_scripts_are_no_number_rather_than_too_large()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await Run(import, Header + "1,Arabic,Ann,Acme,١٢٣,,2026-09-01,,,\n");
        Assert.StartsWith("This is no number.", Assert.Single(answer.Errors).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GB18030")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public async Task Chinese_files_are_read_in_the_encoding_that_spreadsheets_save(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(name);
        await using var import = await ImportRunner.Start(cluster);
        byte[] content = [.. encoding.GetPreamble(),
            .. encoding.GetBytes(Header + "1,年度续约，第一期,林小雨,上海示例科技有限公司,5,,2026-09-01,,,\n2,𠮷野家,林小雨,龙门,5,,2026-09-01,,,\n")];
        var answer =
            (await import.Send(new RunImport.Command([ImportRunner.Of("x.csv", content)], new ImportMappingSource(null, Mapping)))).Value!;
        Assert.True(answer.Done, string.Join('\n', answer.Errors));
        Assert.Equal("年度续约，第一期\n𠮷野家", await import.Rows("select title from deals order by external_key"));
        Assert.Equal(name != "utf-8", answer.Notes.Any(note => note.StartsWith("x.csv was read as", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Names_that_differ_only_in_spaces_or_form_are_one_name()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await Run(import, Header
            + "1,A,Ann Lee,Acme Ltd,5,,2026-09-01,,,\n"
            + "2,B,Ann  Lee,Acme\u00a0 Ltd,5,,2026-09-01,,,\n"
            + "3,C,Ａｎｎ\u3000Lee,Ａｃｍｅ Ltd,5,,2026-09-01,,,\n"
            + "4,D,林 小雨,Cafe\u0301,5,,2026-09-01,,,\n"
            + "5,E,林小雨,Café,5,,2026-09-01,,,\n");
        Assert.True(answer.Done, string.Join('\n', answer.Errors));
        Assert.Equal(new ImportCounts(Deals: 5, Customers: 2, Users: 2), answer.Created);
        Assert.Equal("Acme Ltd 3\nCafe\u0301 2",
            await import.Rows("select c.name, count(*) from deals d join customers c on c.id = d.customer_id group by 1 order by 1"));
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_row_is_said_at_once()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await Run(import, Header + "1,Bad,Ann,Acme,many,soon,never,later,2026-09-01,nonsense\n");
        Assert.Equal(["amount", "close", "considered", "opened", "why"], answer.Errors.Select(error => error.Column).Order());
    }

    [Fact]
    public async Task Nothing_is_called_nothing()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await Run(import, Header
            + "1,Lost,Ann,Acme,5,,2026-09-01,,,\n", Mapping.Replace("{\"to\":\"awareness\",\"at\":\"opened\"}",
                "{\"to\":\"awareness\",\"at\":\"considered\",\"optional\":true}", StringComparison.Ordinal)
            .Replace("{\"to\":\"lost\",\"at\":\"lost\"", "{\"to\":\"lost\",\"at\":\"opened\"", StringComparison.Ordinal));
        Assert.Equal("A deal cannot go from nothing to lost.", Assert.Single(answer.Errors).Reason);
    }

    [Fact]
    public async Task A_mapping_without_a_zone_takes_the_organisations_and_says_so()
    {
        await using var import = await ImportRunner.Start(cluster);
        await Zone(import, "America/New_York");
        var answer = await Run(import, Header + "1,Day,Ann,Acme,5,,2026-09-01,,,\n");
        Assert.Equal(["The mapping names no time zone: dates are read in the organisation's, America/New_York."], answer.Notes);
        Assert.Equal("2026-09-01 04:00",
            await import.Rows("select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from deals"));
        var named = await Run(import, Header + "2,Day,Ann,Acme,5,,2026-09-01,,,\n",
            Mapping.Replace("{\"name\":\"forms\"", "{\"name\":\"forms\",\"timeZone\":\"UTC\"", StringComparison.Ordinal));
        Assert.Empty(named.Notes);
    }

    [Fact]
    public async Task The_file_of_bad_rows_begins_with_a_mark_guards_formulas_and_comes_back_as_it_was()
    {
        await using var import = await ImportRunner.Start(cluster);
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");
        try
        {
            var command = new RunImport.Command(
                [ImportRunner.Of("x.csv", Header + "1,=1+1,Ann,Acme,-5,,2026-09-01,,,\n")], new ImportMappingSource(null, Mapping),
                BadRows: _ => File.Create(file));
            Assert.Equal(1, (await import.Send(command)).Value!.Rejected);
            var given = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            Assert.Equal(Encoding.UTF8.GetPreamble(), given[..3]);
            var text = Encoding.UTF8.GetString(given[3..]);
            Assert.Equal(
                "no,title,owner,customer,amount,close,opened,considered,lost,why,reason\r\n1,'=1+1,Ann,Acme,-5,,2026-09-01,,,,amount: An amount cannot be negative.\r\n",
                text);
            Assert.True((await Run(import, text.Replace("-5", "5", StringComparison.Ordinal))).Done);
            Assert.Equal("=1+1", await import.Rows("select title from deals"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task What_a_mapping_gets_wrong_is_said_in_the_readers_language()
    {
        await using var import = await ImportRunner.Start(cluster);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        var mapping = Mapping.Replace("{\"name\":\"forms\"", "{\"name\":\"forms\",\"placeholder\":{\"name\":\"x\"}",
            StringComparison.Ordinal);
        var refused =
            (await import.Send(new RunImport.Command([ImportRunner.Of("x.csv", Header)], new ImportMappingSource(null, mapping)))).Problem;
        Assert.Equal("映射无法使用：placeholder 应写在生成商机的 record 中，与 fields 并列，而不是这里（第 1 行）。", refused?.Message);
    }

    private static async Task Zone(ImportRunner import, string zone) =>
        await import.Crm.Ok(new ChangeSettings.Command("House", zone, "EUR", true), import.Admin.As());

    private static async Task<RunImport.Answer> Run(ImportRunner import, string content, string mapping = Mapping)
    {
        var result = await import.Send(new RunImport.Command([ImportRunner.Of("x.csv", content)], new ImportMappingSource(null, mapping)));
        Assert.True(result.Ok, result.Problem?.Message);
        return result.Value;
    }

    private static async Task<string?> Refused(ImportRunner import, string content) =>
        (await import.Send(
            new RunImport.Command([ImportRunner.Of("x.csv", content)], new ImportMappingSource(null, Mapping)))).Problem?.Message;
}
