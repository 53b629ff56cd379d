using System.Reflection;
using System.Runtime.CompilerServices;
using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Architecture;

/// <summary>
/// What the application shows to pages, API and commands stands in public-api.txt, so that a review sees it grow. After a change there:
/// <c>UPDATE_PUBLIC_API=1 dotnet run --project tests/PipelineCrm.Tests</c>.
/// </summary>
public sealed class PublicFaceTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string List = Path.Combine(Sources.Root, "tests", "PipelineCrm.Tests", "Architecture", "public-api.txt");

    [Fact]
    public void The_public_face_of_the_application_is_listed()
    {
        var face = typeof(PurchasePath).Assembly.GetExportedTypes().Select(Line).Order(StringComparer.Ordinal).ToList();
        Assert.True(face.Count > 100, "No public types are found: the search is broken.");
        if (Environment.GetEnvironmentVariable("UPDATE_PUBLIC_API") == "1")
        {
            File.WriteAllText(List, string.Join('\n', face) + "\n");
        }

        Assert.Equal(File.ReadAllLines(List), face);
    }

    private static string Line(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface"
            : type.IsValueType ? "struct" : type is { IsAbstract: true, IsSealed: true } ? "static" : "class";
        var members = type.IsEnum ? Enum.GetNames(type) : Members(type).ToArray();
        return members.Length == 0 ? $"{kind} {Name(type)}" : $"{kind} {Name(type)}: {string.Join(", ", members)}";
    }

    private static IEnumerable<string> Members(Type type) => type.GetMembers(Declared)
        .Where(member => member is FieldInfo or PropertyInfo or EventInfo
            || (member is MethodInfo { IsSpecialName: false } method && !IsMade(method, type)))
        .Select(member => member is MethodInfo method
            ? $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})" : member.Name)
        .Distinct().Order(StringComparer.Ordinal);

    /// <summary>What the compiler writes into a record.</summary>
    private static bool IsMade(MethodInfo method, Type type) =>
        method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.GetBaseDefinition() != method
        || (method.Name is "Deconstruct" or "Equals" or "<Clone>$"
            && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null);

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');
}
