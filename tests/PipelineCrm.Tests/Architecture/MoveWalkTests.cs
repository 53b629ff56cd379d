using System.Text.RegularExpressions;

namespace PipelineCrm.Tests.Architecture;

/// <summary>The README's walk along one move is true, and stays short enough to be read.</summary>
public sealed partial class MoveWalkTests
{
    private const int MostFiles = 12;
    private const int MostLines = 1_600;

    private static readonly string[] Walk = [.. SourceName().Matches(Sources.Read("README.md").Split("One move, from the screen to the disk:")[1])
        .Select(match => match.Groups[1].Value)
        .Select(name => name.StartsWith("Web/", StringComparison.Ordinal) ? $"src/PipelineCrm.{name}" : $"src/PipelineCrm.Application/{name}")];

    [Fact]
    public void Every_file_that_it_names_is_there()
    {
        Assert.NotEmpty(Walk);
        Assert.DoesNotContain(Walk, file => !File.Exists(Path.Combine(Sources.Root, file)));
    }

    [Fact]
    public void From_the_door_to_the_disk_it_is_few_files_and_lines()
    {
        var behindTheDoor = Walk.Where(file => !file.Contains("PipelineCrm.Web/", StringComparison.Ordinal)).ToList();
        var lines = behindTheDoor.Sum(file => Sources.Read(file).Split('\n').Length);
        Assert.InRange(behindTheDoor.Count, 5, MostFiles);
        Assert.InRange(lines, 1, MostLines);
    }

    [GeneratedRegex(@"`([\w/.]+\.(?:cs|js|razor))`")]
    private static partial Regex SourceName();
}
