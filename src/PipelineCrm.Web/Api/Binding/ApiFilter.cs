using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

/// <summary>What holds for every endpoint of the API: no unknown parameter, no unreadable one.</summary>
internal static class ApiFilter
{
    /// <summary>Built once per endpoint from the handler's signature.</summary>
    public static EndpointFilterDelegate Create(EndpointFilterFactoryContext factory, EndpointFilterDelegate next)
    {
        var parameters = factory.MethodInfo.GetParameters();
        var keyIsParameter =
            parameters.Any(parameter => parameter.GetCustomAttribute<FromHeaderAttribute>()?.Name == IdempotencyKey.Header);
        var names = parameters.SelectMany(Names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return context =>
        {
            ApiCulture.Use(context.HttpContext);
            var errors = new Dictionary<string, string[]>();
            var notYet = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<NotYetParameters>()?.Names ?? [];
            foreach (var name in context.HttpContext.Request.Query.Keys.Where(name => !names.Contains(name)))
            {
                errors[name] = [ApiText.Get(notYet.Contains(name) ? "NotYet" : "UnknownParameter")];
            }

            foreach (var (name, expected) in parameters.Zip(context.Arguments).SelectMany(pair => Unreadable(pair.First, pair.Second)))
            {
                errors[name] = [ApiText.NotA(expected)];
            }

            if (!keyIsParameter && IdempotencyKey.Mistake(context.HttpContext) is { } mistake)
            {
                errors[IdempotencyKey.Header] = [mistake];
            }

            return errors.Count == 0
                ? next(context)
                : ValueTask.FromResult<object?>(
                    ApiProblem.Result(new Problem(ProblemCode.Validation, ApiText.TitleOf(ProblemCode.Validation)) { Errors = errors }));
        };
    }

    private static IEnumerable<string> Names(ParameterInfo parameter) =>
        IsGroup(parameter) ? Members(parameter).Select(NameOf) : [NameOf(parameter)];

    private static IEnumerable<(string Name, string Expected)> Unreadable(ParameterInfo parameter, object? argument)
    {
        if (argument is IArg { Expected: { } expected })
        {
            yield return (NameOf(parameter), expected);
        }

        if (!IsGroup(parameter) || argument is null)
        {
            yield break;
        }

        foreach (var member in Members(parameter))
        {
            if (member.GetValue(argument) is IArg { Expected: { } expectedOfMember })
            {
                yield return (NameOf(member), expectedOfMember);
            }
        }
    }

    private static bool IsGroup(ParameterInfo parameter) => parameter.IsDefined(typeof(AsParametersAttribute));

    private static IEnumerable<PropertyInfo> Members(ParameterInfo parameter) =>
        parameter.ParameterType.GetProperties().Where(property => property.CanWrite);

    private static string NameOf(ParameterInfo parameter) => parameter.Name!;

    private static string NameOf(PropertyInfo property) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
