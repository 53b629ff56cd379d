using PipelineCrm.Tests.Architecture;

namespace PipelineCrm.Tests.Components;

/// <summary>The two style sheets that the build writes.</summary>
public sealed class StyleSheetTests
{
    [Fact]
    public void Every_rule_of_ours_stands_in_one_of_two_sheets()
    {
        var sources = Sources.Files(".css");
        var rest = Sheet("rest");
        var ours = Sheet("first") + rest[rest.IndexOf("/* MudBlazor's variables", StringComparison.Ordinal)..];
        Assert.Contains(sources, file => file.EndsWith(".razor.css", StringComparison.Ordinal));
        Assert.Equal(sources.Sum(file => Rules(Sources.Read(file))), Rules(ours));
    }

    [Fact]
    public void The_first_sheet_is_what_a_first_window_of_a_connection_carries()
    {
        using var packed = new MemoryStream();
        using (var pack = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.SmallestSize))
        {
            pack.Write(System.Text.Encoding.UTF8.GetBytes(Sheet("first")));
        }

        Assert.True(packed.ToArray().Length < 10 * 1460, "The first style sheet has outgrown ten segments of TCP.");
    }

    private static int Rules(string css) => css.Count(letter => letter == '{');

    private static string Sheet(string name) => Sources.Read($"src/PipelineCrm.Web/wwwroot/generated/{name}.css");
}
