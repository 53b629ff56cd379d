using System.Globalization;
using System.Text;

namespace PipelineCrm.Tests.UseCases;

public sealed class CsvFileTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@cmd", "'@cmd")]
    [InlineData("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("-5", "-5")]
    [InlineData("+4.5", "+4.5")]
    public void A_cell_of_a_file_is_only_ever_text_and_a_number_a_number(string text,
        string cell) => Assert.Equal(cell + "\r\n", Written(text));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("-2+3")]
    [InlineData("'quoted'")]
    [InlineData("plain")]
    public void What_was_marked_is_read_back_as_it_was(string text) => Assert.Equal(text, CsvFile.Unguarded(Written(text)[..^2]));

    [Fact]
    public void Numbers_and_instants_are_the_same_in_every_language()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        Assert.Equal("1234.5,-3,,2026-09-30,2026-09-30 23:30:00\r\n",
            Written(1234.5000m, -3, null, new DateOnly(2026, 9, 30), new DateTime(2026, 9, 30, 23, 30, 0)));
    }

    [Fact]
    public void A_file_begins_with_a_byte_order_mark_once()
    {
        using var stream = new MemoryStream();
        using var file = new CsvFile(stream);
        file.Line("a");
        file.Flush();
        file.Line("b");
        file.Flush();
        Assert.Equal([.. Encoding.UTF8.GetPreamble(), .. "a\r\nb\r\n"u8], stream.ToArray());
    }

    private static string Written(params object?[] cells)
    {
        using var stream = new MemoryStream();
        using var file = new CsvFile(stream);
        file.Line(cells);
        file.Flush();
        return Encoding.UTF8.GetString(stream.ToArray()[3..]);
    }
}
