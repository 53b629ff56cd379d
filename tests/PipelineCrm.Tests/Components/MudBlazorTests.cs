using System.Collections;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MudBlazor;

namespace PipelineCrm.Tests.Components;

/// <summary>MudBlazor in our words and colours: what a new version of it brings is noticed here.</summary>
public sealed partial class MudBlazorTests
{
    private static readonly string Web = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src", "PipelineCrm.Web"));

    /// <summary>Left over in its style sheet: it never sets them itself.</summary>
    private static readonly string[] NeverSet =
    [
        "--mud-drawer-height-bottom", "--mud-drawer-height-top", "--mud-native-html-color-scheme", "--mud-theme-default-hover",
        "--mud-theme-on-surface",
        "--mud-zindex-select",
    ];

    private static string Styles => File.ReadAllText(Path.Combine(Web, "wwwroot", "generated", "rest.css"));

    [Theory, InlineData("MudText.resx"), InlineData("MudText.zh-CN.resx")]
    public void Every_word_that_it_shows_is_ours_too(string file)
    {
        var assembly = typeof(MudLocalizer).Assembly;
        var theirs = assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith("LanguageResource.resources", StringComparison.Ordinal))
            .SelectMany(name => Keys(assembly.GetManifestResourceStream(name)!)).Order().ToList();
        var texts = Directory.GetFiles(Web, file, SearchOption.AllDirectories)
            .Single(path => !path.Contains("/obj/", StringComparison.Ordinal));
        var ours = XDocument.Load(texts).Root!.Elements("data").Select(data => data.Attribute("name")!.Value).Order();
        Assert.True(theirs.Count > 100, "Its words were not found.");
        Assert.Equal(theirs, ours);
    }

    [Fact]
    public void Every_variable_that_it_uses_is_said_in_our_tokens()
    {
        var used = Used().Matches(Styles).Select(match => match.Groups["name"].Value).ToHashSet();
        var tokens = File.ReadAllText(Path.Combine(Web, "Styles", "mud-tokens.css"));
        var said = Said().Matches(tokens + Styles).Select(match => match.Groups["name"].Value).ToHashSet();
        Assert.True(used.Count > 100, "Its variables were not found.");
        Assert.Equal(NeverSet, used.Except(said).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Its_resets_touch_its_own_elements_only()
    {
        Assert.StartsWith("@layer mud {", Styles, StringComparison.Ordinal);
        Assert.Contains(":where([class*=mud-]){box-sizing:border-box;", Styles, StringComparison.Ordinal);
        Assert.Contains(":where(button[class*=mud-]){color:inherit;", Styles, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"[}{]\s*(\*|button)\s*\{", Styles);
    }

    private static IEnumerable<string> Keys(Stream stream)
    {
        using var reader = new ResourceReader(stream);
        return [.. reader.Cast<DictionaryEntry>().Select(entry => (string)entry.Key)];
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"var\((?<name>--mud-[\w-]+)\)")]
    private static partial Regex Used();

    [GeneratedRegex(@"(?<name>--mud-[\w-]+)\s*:")]
    private static partial Regex Said();
}
