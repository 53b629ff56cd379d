using System.Text.Json;
using System.Text.Json.Nodes;
using PipelineCrm.Domain;
using PipelineCrm.Web.Hosting;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

/// <summary>Problems as the API writes them: RFC 9457 with a stable code.</summary>
internal static class ApiProblem
{
    public static Problem Invalid(string field, string sentence) =>
        new(ProblemCode.Validation,
            ApiText.TitleOf(ProblemCode.Validation))
        { Errors = new Dictionary<string, string[]> { [field] = [sentence] } };

    /// <summary>A parameter or value that is documented but not there yet.</summary>
    public static Problem NotYet(string field) => Invalid(field, ApiText.Get("NotYet"));

    public static int StatusOf(string code) => code switch
    {
        ProblemCode.Validation or ProblemCode.IdempotencyKeyMissing => StatusCodes.Status400BadRequest,
        ProblemCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        ProblemCode.Forbidden => StatusCodes.Status403Forbidden,
        ProblemCode.NotFound => StatusCodes.Status404NotFound,
        ProblemCode.Conflict or ProblemCode.NotLatest or ProblemCode.FieldsChanged or ProblemCode.HasFollowers
            or ProblemCode.Archived or ProblemCode.HasOpenDeals or ProblemCode.DoneBefore => StatusCodes.Status409Conflict,
        ProblemCode.DraftChanged => StatusCodes.Status412PreconditionFailed,
        ProblemCode.MoveRefused or ProblemCode.IdempotencyKeyReused => StatusCodes.Status422UnprocessableEntity,
        ProblemCode.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ProblemCode.Unavailable or ProblemCode.StorageFull => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static IResult Result(Problem problem) => new Written(problem);

    /// <summary>For what answers outside of an endpoint: authentication, rate limit, unknown addresses.</summary>
    public static Task Write(HttpContext http, Problem problem, int? status = null)
    {
        http.Response.StatusCode = status ?? StatusOf(problem.Code);
        http.Response.ContentType = "application/problem+json";
        if (problem.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = RequestLimit.Seconds(wait);
        }

        return http.Response.WriteAsync(Json(problem, http.Response.StatusCode).ToJsonString(WireNames.Json), http.RequestAborted);
    }

    private sealed class Written(Problem problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => Write(httpContext, problem);
    }

    private static JsonObject Json(Problem problem, int status)
    {
        var json = new JsonObject
        {
            ["type"] = "about:blank",
            ["title"] = ApiText.TitleOf(problem.Code),
            ["status"] = status,
            ["detail"] = problem.Message,
            ["code"] = problem.Code,
        };
        if (problem.Errors.Count > 0)
        {
            json["errors"] = JsonSerializer.SerializeToNode(problem.Errors, WireNames.Json);
        }

        foreach (var (name, value) in Details(problem.Detail))
        {
            json[name] = value?.DeepClone();
        }

        return json;
    }

    private static JsonObject Details(object? detail) => detail switch
    {
        null => [],
        Verdict verdict => new JsonObject { ["verdict"] = JsonSerializer.SerializeToNode(MoveVerdict.From(verdict), WireNames.Json) },
        var other => JsonSerializer.SerializeToNode(other, other.GetType(), WireNames.Json) as JsonObject ?? [],
    };
}
