using System.Globalization;
using System.Text;
using PipelineCrm.Imports;

namespace PipelineCrm.IntegrationTests.Imports;

public sealed class BadFileTests(TestCluster cluster)
{
    private const string Header = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n";

    public static TheoryData<string, byte[], string> Files => new()
    {
        { "photo.csv", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13], "photo.csv is no text file" },
        { "empty.csv", [], "empty.csv is empty." },
        { "blank.csv", "\n \n"u8.ToArray(), "blank.csv is empty." },
        { "short.csv", "product,series\n"u8.ToArray(),
            "short.csv looks like products of the mapping maven-crm, but its header lacks: sales_price." },
        { "latin.csv", Encoding.Latin1.GetBytes("product,series,sales_price\nA,B,1\nMöbel,B,2\n"),
            "latin.csv, row 3: the file is not written in UTF-8, nor in UTF-16 with its mark or GB18030." },
        { "other.csv", "name,age\nx,1\n"u8.ToArray(), "other.csv: its header matches no file of the mapping maven-crm" },
        { "open.csv",
            Encoding.UTF8.GetBytes(Header + "X1,Ada Quill,GTXPro,,Engaging,1/1/2024,,\nX2,\"Ada Quill,GTXPro,,Engaging,1/1/2024,,\nX3,a\n"),
            "open.csv, row 3: a quotation mark is opened and never closed" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task A_file_that_cannot_be_read_says_why_and_leaves_the_database_as_it_was(string name, byte[] content, string says)
    {
        await using var import = await ImportRunner.Start(cluster);
        var before = await import.Content();
        var result = await import.Send(new RunImport.Command(
            [.. ImportRunner.Maven[..3].Select(ImportRunner.FromData), ImportRunner.Of(name, content)], ImportRunner.MavenMapping));

        Assert.Contains(says, result.Problem?.Message, StringComparison.Ordinal);
        Assert.Equal(before, await import.Content());
    }

    [Theory]
    [InlineData("X1,Nobody Known,GTXPro,,Engaging,1/1/2024,,", "row 2, sales_agent = \"Nobody Known\": No such user")]
    [InlineData("X1,Ada Quill,GTXPro,,Engaging,13/32/2024,,",
        "row 2, engage_date = \"13/32/2024\": This is no date. Dates are written as M/d/yyyy.")]
    [InlineData("X1,Ada Quill,GTXPro,,Engaging,1/1/0000,,", "engage_date = \"1/1/0000\"")]
    [InlineData("X1,Ada Quill,GTXPro,,Engaging,1/1/9999,,", "engage_date = \"1/1/9999\": This date lies in the future")]
    [InlineData("X1,Ada Quill,GTXPro,,Engaging,,,", "engage_date = \"\": The stage of this row needs this date.")]
    [InlineData("X1,Ada Quill,GTXPro,,Won,1/5/2024,1/4/2024,5", "close_date = \"1/4/2024\": This is before the step that it follows")]
    [InlineData("X1,Ada Quill,GTXPro,,Won,1/5/2024,1/6/2024,-1", "close_value = \"-1\": An amount cannot be negative.")]
    [InlineData("X1,Ada Quill,GTXPro,,Won,1/5/2024,1/6/2024,1e30", "close_value = \"1e30\": This is no number.")]
    [InlineData("X1,Ada Quill,GTXPro,,Won,1/5/2024,1/6/2024,1000000000000000", "This amount is too large.")]
    [InlineData("X1,Ada Quill,GTXPro,,Won,1/5/2024,1/6/2024,\"1.234,56\"",
        "close_value = \"1.234,56\": This is no number. Numbers are written like 1234.50.")]
    [InlineData("X1,Ada Quill,GTXPro,,Dreaming,1/5/2024,,", "deal_stage = \"Dreaming\": Known are only: Prospecting, Engaging, Lost, Won.")]
    [InlineData("X1,Ada Quill,Teapot,,Engaging,1/5/2024,,", "product = \"Teapot\": No such product")]
    [InlineData("X1,Ada Quill,GTXPro,Nobody Ltd,Engaging,1/5/2024,,", "account = \"Nobody Ltd\": No such customer")]
    [InlineData(",Ada Quill,GTXPro,,Engaging,1/5/2024,,", "opportunity_id = \"\": The key is empty")]
    [InlineData("X1,Ada Quill,GTXPro", "row 2: The row has 3 values, the header 8.")]
    [InlineData("X1,Ada \"Q\" Quill,GTXPro,,Engaging,1/5/2024,,", "row 2: A quotation mark stands inside a value")]
    public async Task A_bad_row_names_row_column_and_value_and_leaves_the_database_as_it_was(string row, string says)
    {
        await using var import = await ImportRunner.Start(cluster);
        var before = await import.Content();
        var answer = await import.Run(ImportRunner.Of("sales_pipeline.csv", Header + row + "\n"));

        Assert.False(answer.Done);
        Assert.Equal(1, answer.Rejected);
        Assert.Contains(says, string.Join("\n", answer.Errors), StringComparison.Ordinal);
        Assert.Equal(before, await import.Content());
    }

    [Fact]
    public async Task A_broken_row_5000_is_named_and_nothing_is_imported()
    {
        await using var import = await ImportRunner.Start(cluster);
        var before = await import.Content();
        var answer = await import.Run(Long(6000, brokenLine: 5000));

        Assert.False(answer.Done);
        Assert.Equal("sales_pipeline.csv, row 5000, close_value = \"a lot\": This is no number. Numbers are written like 1234.50.",
            Assert.Single(answer.Errors).ToString());
        Assert.Equal(before, await import.Content());
    }

    [Fact]
    public async Task Good_rows_are_imported_and_the_bad_ones_given_back_with_what_is_wrong()
    {
        await using var import = await ImportRunner.Start(cluster);
        using var bad = new MemoryStream();
        var command = new RunImport.Command(
            ImportRunner.MavenWith(Long(300, brokenLine: 17)), ImportRunner.MavenMapping, GoodRows: true, BadRows: name => new Kept(bad));
        var answer = (await import.Send(command)).Value!;

        Assert.True(answer.Done);
        Assert.Equal((299, 1), (answer.Created.Deals, answer.Rejected));
        var given = Encoding.UTF8.GetString(bad.ToArray());
        Assert.Equal(
            "\uFEFFopportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value,reason\r\n"
            + "N17,Ada Quill,GTXPro,,Won,1/5/2024,1/6/2024,a lot,close_value: This is no number. Numbers are written like 1234.50.\r\n",
            given);

        var mended = given.Replace("a lot", "12", StringComparison.Ordinal);
        Assert.Equal(new ImportCounts(Deals: 1), (await import.Run(ImportRunner.Of("sales_pipeline.csv", mended))).Created);
    }

    [Fact]
    public async Task The_same_key_twice_is_an_error()
    {
        await using var import = await ImportRunner.Start(cluster);
        var answer = await import.Run(ImportRunner.Of(
            "sales_pipeline.csv", Header + "X1,Ada Quill,GTXPro,,Engaging,1/5/2024,,\nX1,Ada Quill,GTXPro,,Engaging,1/5/2024,,\n"));
        Assert.Equal("sales_pipeline.csv, row 3, opportunity_id = \"X1\": The same key already stands in row 2.",
            Assert.Single(answer.Errors).ToString());
    }

    [Fact]
    public async Task Control_characters_are_refused_and_direction_marks_kept()
    {
        await using var import = await ImportRunner.Start(cluster);
        const string header = "account,sector,year_established,revenue,employees,office_location,subsidiary_of\n";
        var refused = await import.Run(ImportRunner.Of("accounts.csv", header + "Bell\u0007 Ltd,retail,1,1,1,Kenya,\n"), Nobody());
        Assert.Contains("control character", Assert.Single(refused.Errors).Reason, StringComparison.Ordinal);

        var kept = await import.Run(ImportRunner.Of("accounts.csv", header + "\u200Fשלום 🧭 Ltd,retail,1,1,1,Kenya,\n"), Nobody());
        Assert.True(kept.Done);
        Assert.Equal("\u200Fשלום 🧭 Ltd", await import.Rows("select name from customers where sector = 'retail'"));
    }

    private static ImportFile Nobody() => ImportRunner.Of("sales_pipeline.csv", Header);

    private static ImportFile Long(int lines,
        int brokenLine) => ImportRunner.Of("sales_pipeline.csv", Header + string.Join('\n', Enumerable.Range(2, lines).Select(line =>
        string.Create(CultureInfo.InvariantCulture,
            $"N{line},Ada Quill,GTXPro,,Won,1/5/2024,1/6/2024,{(line == brokenLine ? "a lot" : line)}"))));

    /// <summary>A stream that can still be read after whoever wrote it has closed it.</summary>
    private sealed class Kept(MemoryStream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position { get => inner.Position; set => inner.Position = value; }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

        public override void SetLength(long value) => inner.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
