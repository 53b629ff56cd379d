using System.Reflection;
using PipelineCrm.Domain;

namespace PipelineCrm.Tests.Architecture;

/// <summary>Folders that could be projects are held apart here.</summary>
public class LayerTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Slices = ["Deals", "Customers", "Rules", "Analytics", "Imports", "People", "Access", "Catalog", "Lists", "Lookup"];

    private static readonly Assembly Application = typeof(PurchasePath).Assembly;

    [Fact]
    public void The_domain_names_nothing_but_the_base_library_and_the_common_value_types()
    {
        var used = Used("PipelineCrm.Domain").ToList();
        Assert.Contains(used, pair => pair.By == typeof(DealFacts) && pair.Type == typeof(Fact));
        Assert.DoesNotContain(used, pair => !IsBaseLibrary(pair.Type) && !IsIn(pair.Type, "PipelineCrm.Domain") && !IsIn(pair.Type, "PipelineCrm.Common"));
        Assert.DoesNotContain(used, pair => pair.Type == typeof(TimeProvider));
    }

    [Fact]
    public void A_slice_names_no_other_slices_internals()
    {
        var used = Slices.SelectMany(slice => Used($"PipelineCrm.{slice}").Select(pair => (slice, pair.By, pair.Type))).ToList();
        Assert.Contains(used, pair => IsIn(pair.Type, "PipelineCrm.Domain"));
        Assert.DoesNotContain(used, pair => !pair.Type.IsVisible && Slices.Any(other => other != pair.slice && IsIn(pair.Type, $"PipelineCrm.{other}")));
    }

    [Fact]
    public void Persistence_names_no_slice()
    {
        var used = Used("PipelineCrm.Persistence").ToList();
        Assert.NotEmpty(used);
        Assert.DoesNotContain(used, pair => Slices.Any(slice => IsIn(pair.Type, $"PipelineCrm.{slice}")));
    }

    [Fact]
    public void Pages_and_api_cannot_name_the_database()
    {
        var references = typeof(Web.Components.App).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.Contains("PipelineCrm.Application", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal) || name is "Npgsql" or "Npgsql.EntityFrameworkCore.PostgreSQL");
    }

    private static bool IsIn(Type type, string space) => type.Assembly == Application && (type.Namespace == space || type.Namespace?.StartsWith(space + ".", StringComparison.Ordinal) == true);

    private static bool IsBaseLibrary(Type type) => type.Assembly.GetName().Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "System" or "netstandard");

    /// <summary>The types that signatures, fields and local variables of a namespace name.</summary>
    private static IEnumerable<(Type By, Type Type)> Used(string space) =>
        from type in Application.GetTypes().Where(type => IsIn(type, space))
        from named in Named(type).SelectMany(Parts)
        where !named.IsGenericParameter
        select (type, named);

    private static IEnumerable<Type> Named(Type type)
    {
        var methods = type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared));
        return
        [
            .. type.GetInterfaces(),
            .. type.BaseType is { } parent ? new[] { parent } : [],
            .. type.GetFields(Declared).Select(field => field.FieldType),
            .. methods.SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType)),
            .. methods.SelectMany(method => method.GetMethodBody()?.LocalVariables.Select(local => local.LocalType) ?? []),
            .. methods.OfType<MethodInfo>().Select(method => method.ReturnType),
        ];
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!) : type.IsGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)] : [type];
}
