using System.Runtime.CompilerServices;

namespace PipelineCrm.Tests.Domain;

public class ReadmeTests
{
    /// <summary>UPDATE_DIAGRAM=1 writes the picture instead of comparing it.</summary>
    [Fact]
    public void The_readme_shows_the_machine_as_the_table_of_moves_has_it()
    {
        var path = Path.Combine(RepositoryRoot(), "README.md");
        var readme = File.ReadAllText(path);
        var start = readme.IndexOf(StageDiagram.StartMark, StringComparison.Ordinal);
        var end = readme.IndexOf(StageDiagram.EndMark, StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, "README.md has lost the marks around the stages.");
        start += StageDiagram.StartMark.Length;
        var wanted = $"\n{StageDiagram.Text()}\n";
        if (Environment.GetEnvironmentVariable("UPDATE_DIAGRAM") == "1")
        {
            File.WriteAllText(path, readme[..start] + wanted + readme[end..]);
            return;
        }

        Assert.Equal(wanted, readme[start..end].ReplaceLineEndings("\n"));
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", ".."));
}
