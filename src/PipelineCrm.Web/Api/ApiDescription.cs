using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PipelineCrm.Common;

namespace PipelineCrm.Web.Api;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) => Done(() => Describe(document)));
        options.AddOperationTransformer((operation, _, _) => Done(() => Name(operation)));
        options.AddSchemaTransformer((schema, context, _) => Done(() => Shape(schema, context.JsonTypeInfo)));
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "PipelineCrm", Version = "v1", Description = "Deals along the purchase path: every move is judged, recorded and can be explained." };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [ApiAuth.Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(ApiAuth.Scheme, document)] = [] }];
    }

    /// <summary>Parameters of a group are properties in the code, camelCase outside.</summary>
    private static void Name(OpenApiOperation operation)
    {
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }
    }

    /// <summary>Ids are UUIDs; what may be null may be left out.</summary>
    private static void Shape(OpenApiSchema schema, System.Text.Json.Serialization.Metadata.JsonTypeInfo type)
    {
        if (type.Type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>)))
        {
            (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String, "uuid", null, null);
        }

        if (type.Type == typeof(DayOrInstant) || type.Type == typeof(DayOrInstant?))
        {
            (schema.Type, schema.Description) = (JsonSchemaType.String, "A day (2026-11-01) or an instant (2026-11-01T10:00:00Z).");
        }

        foreach (var property in type.Properties.Where(property => property.IsGetNullable))
        {
            schema.Required?.Remove(property.Name);
        }
    }

    private static Task Done(Action change)
    {
        change();
        return Task.CompletedTask;
    }
}
