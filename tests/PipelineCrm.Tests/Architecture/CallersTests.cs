using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PipelineCrm.Tests.Architecture;

/// <summary>Who acts is told in one place: a caller made anywhere else would go without its session, which then could not be
/// ended.</summary>
public sealed partial class CallersTests
{
    [Fact]
    public void Only_one_file_of_the_web_project_makes_callers()
    {
        var sources = Path.Combine(RepositoryRoot(), "src", "PipelineCrm.Web");
        var files = Directory.EnumerateFiles(sources, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor"
                && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => MakesCaller().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName);
        Assert.Equal(["CallerFactory.cs"], files);
    }

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    [GeneratedRegex(@"new Caller\(|Caller \w+ = new\(")]
    private static partial Regex MakesCaller();
}
