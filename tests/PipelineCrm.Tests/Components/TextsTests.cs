using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PipelineCrm.Web.Components.Kit;

namespace PipelineCrm.Tests.Components;

/// <summary>Both languages say the same things, and every text and icon that a page asks for is there.</summary>
public sealed partial class TextsTests
{
    private static readonly string Sources = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "src"));

    public static TheoryData<string> Areas() => [.. Directory.GetFiles(Sources, "*.resx", SearchOption.AllDirectories)
        .Where(file => !file.EndsWith(".zh-CN.resx", StringComparison.Ordinal) && !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
        .Select(file => Path.GetRelativePath(Sources, file))];

    [Theory, MemberData(nameof(Areas))]
    public void Every_text_is_there_in_both_languages_with_the_same_placeholders(string area)
    {
        var english = Texts(Path.Combine(Sources, area));
        var chinese = Texts(Path.Combine(Sources, Path.ChangeExtension(area, ".zh-CN.resx")));
        Assert.NotEmpty(english);
        Assert.Equal(english.Keys.Order(), chinese.Keys.Order());
        Assert.All(english, text =>
        {
            Assert.False(string.IsNullOrWhiteSpace(text.Value), text.Key);
            Assert.False(string.IsNullOrWhiteSpace(chinese[text.Key]), text.Key);
            Assert.Equal(Placeholders(text.Value), Placeholders(chinese[text.Key]));
        });
    }

    [Fact]
    public void Every_text_that_a_page_asks_for_is_there()
    {
        var asked = 0;
        foreach (var (file, source) in Pages())
        {
            foreach (Match injected in Injected().Matches(source))
            {
                var texts = Texts(Path.Combine(Sources, "PipelineCrm.Web", "Localization", injected.Groups["area"].Value + ".resx"));
                var use = new Regex($@"\b{injected.Groups["name"].Value}\[""(?<key>\w+)""\s*(?<more>\+)?");
                foreach (Match key in use.Matches(source + CodeBehind(file)))
                {
                    asked++;
                    var wanted = key.Groups["key"].Value;
                    // A key that is put together needs at least one text that begins so.
                    Assert.True(
                        key.Groups["more"].Success ? texts.Keys.Any(one => one.StartsWith(wanted, StringComparison.Ordinal))
                            : texts.ContainsKey(wanted),
                        $"{Path.GetFileName(file)}: {wanted} is not in {injected.Groups["area"].Value}");
                }
            }
        }

        Assert.True(asked > 50, "No page asks for a text: the search is broken.");
    }

    /// <summary>Pairs that go by other names than the convention's.</summary>
    private static readonly string[] NamedOtherwise = ["ManyChanges", "ManyMissing", "ManyOpenDeals", "ManyPayments", "ManyQuotes",
        "MoreDeals"];

    [Theory, MemberData(nameof(Areas))]
    public void A_text_that_counts_has_a_twin_for_exactly_one(string area)
    {
        var texts = Texts(Path.Combine(Sources, area));
        Assert.All(
            texts.Where(text => CountsThings().IsMatch(text.Value) && !NamedOtherwise.Contains(text.Key)),
            text => Assert.True(texts.ContainsKey(text.Key + "One"), $"{text.Key}: \"{text.Value}\" says \"1 …s\" where there is one."));
    }

    [Fact]
    public void A_text_that_counts_is_asked_for_with_its_number()
    {
        var asked = 0;
        foreach (var (file, source) in Pages())
        {
            var all = source + CodeBehind(file);
            foreach (Match injected in Injected().Matches(source))
            {
                var texts = Texts(Path.Combine(Sources, "PipelineCrm.Web", "Localization", injected.Groups["area"].Value + ".resx"));
                var name = injected.Groups["name"].Value;
                foreach (Match key in Regex.Matches(all, $@"\b{name}\.Counted\(""(?<key>\w+)"""))
                {
                    asked++;
                    Assert.True(texts.ContainsKey(key.Groups["key"].Value) && texts.ContainsKey(key.Groups["key"].Value + "One"),
                        $"{file}: {key.Groups["key"].Value}");
                }

                foreach (Match key in Regex.Matches(all, $@"\b{name}\[""(?<key>\w+)"""))
                {
                    Assert.False(texts.ContainsKey(key.Groups["key"].Value + "One"),
                        $"{file}: {key.Groups["key"].Value} is a text that counts: ask with Counted.");
                }
            }
        }

        Assert.True(asked > 3, "No page counts anything: the search is broken.");
    }

    /// <summary>But for those that MudBlazor asks for: MudBlazorTests compares them with its own list.</summary>
    public static TheoryData<string> OwnAreas() =>
        [.. Areas().Select(row => row.Data).Where(area => Path.GetFileName(area) != "MudText.resx")];

    [Theory, MemberData(nameof(OwnAreas))]
    public void Every_text_is_asked_for(string area)
    {
        var (name, project) = (Path.GetFileNameWithoutExtension(area), area.Split(Path.DirectorySeparatorChar)[0]);
        var own = Path.Combine(Sources, Path.ChangeExtension(area, ".cs"));
        var asking = string.Join('\n', Asking(name, Path.Combine(Sources, project)).Where(file => file != own).Select(File.ReadAllText));
        var written = File.ReadAllText(own);
        var patterns = new Regex($"^({string.Join('|', Literals().Concat(Composed(asking + written)))})(One)?$");
        var silent = Texts(Path.Combine(Sources, area)).Keys.Where(key => !IsAsked(key)).ToList();
        Assert.Empty(silent);

        bool IsAsked(string key)
        {
            // What the class of the texts says of a key where it declares it is no question.
            var elsewhere = Regex.Replace(written, $@"static string {Regex.Escape(key)}\b[^;]*;", "");
            return Regex.IsMatch(asking, $@"\b{name}\.{Regex.Escape(key)}\b")
                || Regex.IsMatch(elsewhere, $@"(?<![\w.]){Regex.Escape(key)}\b(?!\()")
                || patterns.IsMatch(key);
        }

        IEnumerable<string> Literals() => Literal().Matches(asking).Select(match => Regex.Escape(match.Groups["key"].Value)).Distinct();
    }

    /// <summary>The files that know the texts, the other parts of their classes, and those that are handed any texts.</summary>
    private static IEnumerable<string> Asking(string area, string project)
    {
        var sources = Directory.GetFiles(project, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor"
                && !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin")).ToList();
        var known = sources.Where(file => Regex.IsMatch(File.ReadAllText(file), $@"\b{area}\b|IStringLocalizer [a-z]")).Select(ClassOf)
            .ToHashSet();
        return sources.Where(file => known.Contains(ClassOf(file)));
    }

    private static string ClassOf(string file) => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileName(file).Split('.')[0]);

    /// <summary>Keys that are put together at run time, as patterns: "Kind" + kind, entity + "_" + field, $"{place}Needs".</summary>
    private static IEnumerable<string> Composed(string source) =>
        Begun().Matches(source).Select(match => Regex.Escape(match.Groups["key"].Value) + ".+")
            .Concat(Joined().Matches(source).Select(match => ".+" + Regex.Escape(match.Groups["key"].Value) + ".+"))
            .Concat(Filled().Matches(source).Select(match => Hole().Replace(match.Groups["key"].Value, "\n"))
                .Where(key => key.Any(char.IsLetter)).Select(key => string.Join(".+", key.Split('\n').Select(Regex.Escape))))
            .Distinct();

    [Fact]
    public void Every_icon_that_a_page_names_is_drawn()
    {
        var named = Pages().SelectMany(page => Named().Matches(page.Source)).Select(match => match.Groups["name"].Value).Distinct()
            .ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Icons.Names));
    }

    private static IEnumerable<(string File, string Source)> Pages() =>
        Directory.GetFiles(Path.Combine(Sources, "PipelineCrm.Web", "Components"), "*.razor", SearchOption.AllDirectories)
            .Select(file => (file, File.ReadAllText(file)));

    private static string CodeBehind(string page) => File.Exists(page + ".cs") ? File.ReadAllText(page + ".cs") : "";

    private static Dictionary<string, string> Texts(string file) =>
        XDocument.Load(file).Root!.Elements("data")
            .ToDictionary(data => data.Attribute("name")!.Value, data => data.Element("value")!.Value);

    private static IEnumerable<string> Placeholders(string text) => Placeholder().Matches(text).Select(match => match.Value).Distinct()
        .Order();

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"\{\d\} ((more|open) )?(deals|days|quotes|payments|customers|fields|stages|moves|changes|products|contacts|people|users|rows)\b")]
    private static partial Regex CountsThings();

    [GeneratedRegex(@"""(?<key>[A-Z][\w.-]*)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"""(?<key>[A-Z][\w.-]+)""\s*\+")]
    private static partial Regex Begun();

    [GeneratedRegex(@"\+\s*""(?<key>[\w.-]+)""\s*\+")]
    private static partial Regex Joined();

    [GeneratedRegex(@"\$""(?<key>([\w.-]|\{[^{}""]*\})+)""")]
    private static partial Regex Filled();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{\d+")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"@inject IStringLocalizer<(?<area>\w+)> (?<name>\w+)")]
    private static partial Regex Injected();

    [GeneratedRegex(@"(?:<Icon Name=|Icon\.Of\()""(?<name>[a-z-]+)""")]
    private static partial Regex Named();
}
