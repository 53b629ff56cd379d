using Microsoft.AspNetCore.Authorization;
using PipelineCrm.Web.Hosting;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

internal static class ApiAuth
{
    /// <summary>The authentication scheme of <c>/api/v1</c>: a bearer token per user.</summary>
    public const string Scheme = "ApiToken";
}

/// <summary>The HTTP API's frame: one group, one filter, problems, OpenAPI. What it offers stands in one file per slice.</summary>
internal static class ApiSetup
{
    public const string Root = "/api/v1";

    public static IServiceCollection AddCrmApi(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<ApiSender>();
        services.AddAuthentication();
        services.AddAuthorization();
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new System.Text.Json.Serialization.JsonStringEnumConverter(
                System.Text.Json.JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        });
        services.AddOpenApi("v1", ApiDescription.Configure);
        return services;
    }

    /// <summary>Goes before authentication, so that its answers are problems too.</summary>
    public static IApplicationBuilder UseCrmApiProblems(this IApplicationBuilder app) =>
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Root),
            api => api.UseStatusCodePages(context => Bare(context.HttpContext)));

    public static void MapCrmApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "api";
            options.DocumentTitle = "PipelineCrm API";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
        });
        var api = app.MapGroup(Root)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiAuth.Scheme).RequireAuthenticatedUser().Build())
            .RequireRateLimiting(RequestLimit.Policy)
            .DisableAntiforgery()
            .AddEndpointFilterFactory(ApiFilter.Create);
        api.MapDeals();
        api.MapBoard();
        api.MapCustomers();
        api.MapCatalog();
        api.MapQuotes();
        api.MapFunnel();
        api.MapRules();
        api.MapOwners();
        api.MapSearch();
        api.MapFacts();
    }

    /// <summary>Marks documented query parameters that are not there yet: they answer 400 <c>validation</c>.</summary>
    public static RouteHandlerBuilder NotYet(this RouteHandlerBuilder endpoint, params string[] names) =>
        endpoint.WithMetadata(new NotYetParameters(names));

    /// <summary>A status without a body gets the problem that it stands for.</summary>
    private static Task Bare(HttpContext http)
    {
        ApiCulture.Use(http);
        return http.Response.StatusCode switch
        {
            StatusCodes.Status401Unauthorized => Write(http, ProblemCode.Unauthenticated, "Unauthenticated"),
            StatusCodes.Status404NotFound => Write(http, ProblemCode.NotFound, "NotFound"),
            StatusCodes.Status405MethodNotAllowed => Write(http, ProblemCode.Validation, "MethodNotAllowed"),
            StatusCodes.Status415UnsupportedMediaType => Write(http, ProblemCode.Validation, "MediaType"),
            StatusCodes.Status429TooManyRequests => Write(http, ProblemCode.TooManyRequests, "TooManyRequests"),
            >= 400 and < 500 => Write(http, ProblemCode.Validation, "BadRequest"),
            _ => Task.CompletedTask,
        };
    }

    private static Task Write(HttpContext http, string code, string key) =>
        ApiProblem.Write(http, ApiText.Problem(code, key), http.Response.StatusCode);
}
