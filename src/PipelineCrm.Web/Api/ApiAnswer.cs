using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>Results of use cases as HTTP.</summary>
internal static class ApiAnswer
{
    /// <summary>200 with the answer (or its <paramref name="shape"/>), else the problem.</summary>
    public static IResult From<T>(Result<T> result, Func<T, object>? shape = null) =>
        result.Ok ? Json(Shaped(result.Value, shape)) : ApiProblem.Result(result.Problem);

    /// <summary>200 with <c>{items, next}</c>, else the problem.</summary>
    public static IResult List<T>(Result<Page<T>> result, Func<T, object>? shape = null) =>
        From(result, page => new { items = page.Items.Select(item => Shaped(item, shape)).ToList(), next = page.Next });

    /// <summary>201 with the answer and where to find it, else the problem.</summary>
    /// <param name="location">Below the API's root, e.g. <c>deals/…</c>.</param>
    public static IResult Created<T>(HttpContext http, Result<T> result, Func<T, string> location, Func<T, object>? shape = null)
    {
        if (!result.Ok)
        {
            return ApiProblem.Result(result.Problem);
        }

        http.Response.Headers.Location = $"{http.Request.PathBase}{ApiSetup.Root}/{location(result.Value)}";
        return Json(Shaped(result.Value, shape), StatusCodes.Status201Created);
    }

    /// <summary>204, else the problem.</summary>
    public static IResult Nothing(Result<Unit> result) => result.Ok ? Results.NoContent() : ApiProblem.Result(result.Problem);

    public static IResult Json(object? value, int status = StatusCodes.Status200OK) =>
        Results.Json(value, WireNames.Json, "application/json", status);

    private static object? Shaped<T>(T value, Func<T, object>? shape) => shape is null ? value : shape(value);
}
