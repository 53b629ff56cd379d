using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using PipelineCrm.Domain;
using Assembly = System.Reflection.Assembly;

namespace PipelineCrm.Tests.Architecture;

/// <summary>
/// Folders that could be projects are held apart here. The parts of the application are found, not listed, and what the code of each calls
/// counts, static calls too. Which part names internals of which other stands in slices.txt, so that a review sees it grow. After a change
/// there: <c>UPDATE_SLICES=1 dotnet run --project tests/PipelineCrm.Tests</c>.
/// </summary>
public sealed class SliceTests
{
    /// <summary>What every slice may name.</summary>
    private static readonly string[] Layers = ["Domain", "Kernel", "Localization", "Persistence", "UseCases"];

    private static readonly Assembly Application = typeof(PurchasePath).Assembly;

    private static readonly string List = Path.Combine(Sources.Root, "tests", "PipelineCrm.Tests", "Architecture", "slices.txt");

    private static readonly List<(string By, string Of, IType Type)> Used =
    [
        .. from type in new ArchLoader().LoadAssemblies(Application).Build().Types
           let part = PartOf(type)
           where part is not null
           from dependency in type.Dependencies
           let other = PartOf(dependency.Target)
           where other is not null && other != part
           select (part, other, dependency.Target),
    ];

    private static readonly List<string> Slices =
    [
        .. Directory.GetDirectories(Path.Combine(Sources.Root, "src", "PipelineCrm.Application"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any())
            .Select(folder => Path.GetFileName(folder))
            .Where(part => part is not ("bin" or "obj") && !Layers.Contains(part))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void No_part_is_empty()
    {
        Assert.True(Slices.Count > 8, "No slices are found: the search is broken.");
        Assert.All([.. Slices, .. Layers], part => Assert.Contains(Application.GetTypes(), type => IsIn(type, part)));
        Assert.All(Slices, slice => Assert.Contains(Used, one => one.By == slice && Layers.Contains(one.Of)));
    }

    [Fact]
    public void The_domain_names_the_kernel_only() =>
        Assert.Empty(Used.Where(one => one.By == "Domain" && one.Of is not ("Kernel" or "Localization")).Select(one => one.Type.FullName)
            .Distinct());

    [Fact]
    public void Layers_name_no_slices_internals_but_those_that_are_listed_and_slices_none_of_each_other()
    {
        var named = Used.Where(one => Slices.Contains(one.Of) && !IsVisible(one.Type))
            .GroupBy(one => one.By)
            .OrderBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => $"{part.Key}: {string.Join(", ", part.Select(one => Outermost(one.Type.FullName)).Distinct().Order(StringComparer.Ordinal))}")
            .ToList();
        if (Environment.GetEnvironmentVariable("UPDATE_SLICES") == "1")
        {
            File.WriteAllText(List, string.Concat(named.Select(line => line + "\n")));
        }

        Assert.Equal(File.ReadAllLines(List), named);
    }

    /// <summary>Null for what is no part of the application.</summary>
    private static string? PartOf(IType type) =>
        type.FullName.Split('.', '+') is ["PipelineCrm", var part, _, ..] && Application.GetType(Outermost(type.FullName)) is not null
            ? part : null;

    private static bool IsIn(System.Type type, string part) =>
        type.Namespace == $"PipelineCrm.{part}" || type.Namespace?.StartsWith($"PipelineCrm.{part}.", StringComparison.Ordinal) == true;

    private static bool IsVisible(IType type) =>
        (Application.GetType(type.FullName) ?? Application.GetType(Outermost(type.FullName)))?.IsVisible ?? true;

    private static string Outermost(string name) => name.Split('+')[0];
}
