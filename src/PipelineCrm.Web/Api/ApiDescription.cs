using System.Text.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using PipelineCrm.Deals;

namespace PipelineCrm.Web.Api;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) => Done(() => Describe(document)));
        options.AddOperationTransformer((operation, _, _) => Done(() => Name(operation)));
        options.AddOperationTransformer((operation, _, _) => Done(() => Refuse(operation)));
        options.AddOperationTransformer((operation, context, _) => Done(() => TakeKey(operation, context.Description.HttpMethod)));
        options.AddSchemaTransformer((schema, context, _) => Done(() => Shape(schema, context.JsonTypeInfo)));
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "PipelineCrm",
            Version = "v1",
            Description = "Deals along the purchase path: every move is judged, recorded and can be explained."
        };
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
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>()
            .Where(parameter => parameter.In == ParameterLocation.Query))
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!);
        }
    }

    /// <summary>What every call may answer instead, and the headers that it cannot do without.</summary>
    private static void Refuse(OpenApiOperation operation)
    {
        foreach (var header in (operation.Parameters ?? []).OfType<OpenApiParameter>()
            .Where(parameter => parameter.In == ParameterLocation.Header))
        {
            header.Required = true;
        }

        operation.Responses ??= [];
        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "A problem (RFC 9457) with a stable code: 400 validation or idempotency-key-missing, 401 unauthenticated, 403 forbidden, 404 not-found, "
                + "409 conflict, not-latest, fields-changed, has-followers, has-open-deals, archived or done-before, 412 draft-changed, 422 move-refused or idempotency-key-reused, "
                + "429 too-many-requests, 503 unavailable or storage-full.",
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = Problem } },
        };
    }

    /// <summary>Every POST may be sent again under its key.</summary>
    private static void TakeKey(OpenApiOperation operation, string? method)
    {
        operation.Parameters ??= [];
        if (method is { } name && HttpMethods.IsPost(name)
            && !operation.Parameters.Any(parameter => parameter.Name == IdempotencyKey.Header))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "The same key and body answer the same for 30 days, and are done once.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = MoveDeal.KeyLength },
            });
        }
    }

    private static OpenApiSchema Problem => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "A sentence in the language that was asked for." },
            ["code"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "Of validation: sentences per field.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = new OpenApiSchema { Type = JsonSchemaType.String }
                },
            },
        },
    };

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
