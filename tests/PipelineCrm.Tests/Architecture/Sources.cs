using System.Runtime.CompilerServices;

namespace PipelineCrm.Tests.Architecture;

/// <summary>The repository's text files, as they lie on the disk.</summary>
internal static class Sources
{
    public static readonly string Root = Path.GetFullPath(Path.Combine(Here(), "..", "..", ".."));

    private static readonly string[] Output = ["bin", "obj", "node_modules", "artifacts", "_framework", "generated"];

    /// <summary>Files under src and tests with one of the extensions, by their paths in the repository.</summary>
    public static IReadOnlyList<string> Files(params string[] extensions) =>
    [
        .. new[] { "src", "tests" }
            .SelectMany(top => Directory.EnumerateFiles(Path.Combine(Root, top), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => extensions.Contains(Path.GetExtension(file)) && !file.Split('/').Any(Output.Contains))
            .Order(StringComparer.Ordinal),
    ];

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
