using System.Text.RegularExpressions;

namespace PipelineCrm.Tests.Architecture;

/// <summary>What somebody who lists a folder or opens a file may rely on.</summary>
public sealed partial class SourceFileTests
{
    private const int LongestLine = 140;
    private const int LargestFolder = 15;

    /// <summary>A type longer than this has a file of its own.</summary>
    private const int SmallType = 12;

    private const int LongestFile = 300;

    /// <summary>Lines of components, styles and scripts that are too long still. It only goes down.</summary>
    private const int LongMarkup = 81;

    /// <summary>Folders that hold more, and why.</summary>
    private static readonly Dictionary<string, string> LargeFolders = new()
    {
        ["src/PipelineCrm.Web/Localization"] = "the texts of each part of the pages, a pair of languages each",
        ["src/PipelineCrm.Application/Persistence/Migrations"] = "one file for each step of the schema, which are never regrouped",
    };

    /// <summary>Files that are longer, and why.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["CrmDbContextModelSnapshot.cs"] = "written by Entity Framework",
        ["MoveFlow.razor.cs"] = "one move from its request to its end, with every dialog on the way",
        ["DealPageTests.cs"] = "one page",
    };

    /// <summary>Files that name no type of theirs, and why.</summary>
    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["src/PipelineCrm.Application/Persistence/Migrations/CatalogueMigrations.cs"] = "several migrations that belong together",
        ["src/PipelineCrm.Application/Persistence/Migrations/DoorMigrations.cs"] = "several migrations that belong together",
    };

    [Fact]
    public void A_file_bears_the_name_of_its_type()
    {
        var files = Sources.Files(".cs").Select(file => (Path: file, Types: Types(Sources.Read(file)))).Where(file => file.Types.Count > 0)
            .ToList();
        Assert.True(files.Count > 300, "No types are found: the search is broken.");
        var otherwise = files.Where(file => file.Types.All(type => type.Name != Stem(file.Path))).Select(file => file.Path);
        Assert.Empty(otherwise.Where(file => !OtherNames.ContainsKey(file)).ToList());
    }

    [Fact]
    public void A_type_of_weight_has_a_file_of_its_own()
    {
        var guests = from file in Sources.Files(".cs")
                     from type in Types(Sources.Read(file))
                     where type.Name != Stem(file) && type.Lines > SmallType && !OtherNames.ContainsKey(file)
                     select $"{file}: {type.Name}, {type.Lines} lines";
        Assert.Empty(guests);
    }

    [Fact]
    public void A_folder_is_taken_in_at_a_glance()
    {
        var sizes = Sources.Files(".cs", ".razor", ".css", ".js", ".sql", ".resx", ".txt", ".json")
            .GroupBy(file => file[..file.LastIndexOf('/')], Stem)
            .ToDictionary(folder => folder.Key, folder => folder.Distinct().Count());
        Assert.True(sizes.Count > 50, "No folders are found: the search is broken.");
        var large = sizes.Where(folder => folder.Value > LargestFolder).ToDictionary();
        Assert.Empty(large.Where(folder => !LargeFolders.ContainsKey(folder.Key)).Select(folder => $"{folder.Key}: {folder.Value}"));
        Assert.All(LargeFolders.Keys, folder => Assert.True(large.ContainsKey(folder), $"{folder} is no exception any more."));
    }

    [Fact]
    public void A_file_is_read_at_one_go()
    {
        var long_ = Sources.Files(".cs", ".razor")
            .Where(file => Sources.Read(file).Count(c => c == '\n') > LongestFile && !LongFiles.ContainsKey(Path.GetFileName(file)));
        Assert.Empty(long_);
    }

    /// <summary>Where a line is too long, its texts alone are: they are not cut, and neither is what stands in a text of several
    /// lines.</summary>
    [Fact]
    public void A_line_fits_on_a_screen()
    {
        var files = Sources.Files(".cs").Where(file => !file.EndsWith("ModelSnapshot.cs", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 400, "No files are found: the search is broken.");
        Assert.Empty(files.SelectMany(LongLines));
    }

    [Fact]
    public void No_more_lines_of_components_styles_and_scripts_are_too_long() =>
        Assert.True(Sources.Files(".razor", ".css", ".js").SelectMany(file => Sources.Read(file).Split('\n'))
            .Count(line => line.Length > LongestLine) <= LongMarkup);

    private static IEnumerable<string> LongLines(string file)
    {
        var isText = false;
        var number = 0;
        foreach (var line in Sources.Read(file).Split('\n'))
        {
            number++;
            var marks = Regex.Count(line, "\"\"\"+");
            if (line.Length > LongestLine && !isText && marks == 0 && !line.Contains('"', StringComparison.Ordinal))
            {
                yield return $"{file}:{number}: {line.Length}";
            }

            isText ^= marks % 2 == 1;
        }
    }

    /// <summary>The name up to the first dot: a component, its code, style and script are one.</summary>
    private static string Stem(string file)
    {
        var name = file[(file.LastIndexOf('/') + 1)..];
        return name[..name.IndexOf('.', StringComparison.Ordinal)];
    }

    /// <summary>The types at the top of a file, with the lines they take, from their first line of documentation on.</summary>
    private static List<(string Name, int Lines)> Types(string source)
    {
        var lines = source.Split('\n');
        var heads = new List<(string Name, int Start)>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Head().Match(lines[i]) is { Success: true } head)
            {
                heads.Add((head.Groups["name"].Value, Beginning(lines, i)));
            }
        }

        return [.. heads.Select(
            (head, i) => (head.Name, LastLine(lines, i + 1 < heads.Count ? heads[i + 1].Start : lines.Length) - head.Start))];
    }

    private static int Beginning(string[] lines, int head)
    {
        while (head > 0 && (lines[head - 1].StartsWith("///", StringComparison.Ordinal) || lines[head - 1].StartsWith('[')))
        {
            head--;
        }

        return head;
    }

    private static int LastLine(string[] lines, int end)
    {
        while (end > 0 && string.IsNullOrWhiteSpace(lines[end - 1]))
        {
            end--;
        }

        return end;
    }

    [GeneratedRegex(@"^(?:(?:public|internal|file|static|sealed|abstract|partial|readonly|ref)\s+)*(?:class|record struct|record|struct|interface|enum)\s+(?<name>\w+)")]
    private static partial Regex Head();
}
