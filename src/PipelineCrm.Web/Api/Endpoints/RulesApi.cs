using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

/// <summary>Rule sets: the one in force, old versions, the draft (docs/api.md).</summary>
internal static class RulesApi
{
    /// <summary>Far more than any rule set that a person wrote.</summary>
    private const int MaxContentLength = 1_000_000;

    public static void MapRules(this RouteGroupBuilder api)
    {
        api.MapGet("/rules", Get).Produces<RuleSet>();
        api.MapGet("/rules/fields", Fields).Produces<ApiList<RuleField>>();
        api.MapGet("/rules/versions", Versions).Produces<ApiList<RuleVersionView>>();
        api.MapPost("/rules/versions/{version}/restore", Restore).Produces<PublishRules.Answer>();
        api.MapPut("/rules/draft", SaveDraft).Accepts<RuleSet>("application/json").Produces<SaveRuleDraft.Answer>();
        api.MapPost("/rules/publish", Publish).Produces<PublishRules.Answer>();
    }

    private static async Task<IResult> Get(string? version, HttpContext http, ApiSender sender, CancellationToken ct)
    {
        var number = 0;
        if (version is not (null or "draft") && !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            return ApiProblem.Result(ApiProblem.Invalid("version", ApiText.NotA("1, draft")));
        }

        var query = version switch
        {
            null => new GetRules.Query(),
            "draft" => new GetRules.Query(Draft: true),
            _ => new GetRules.Query(number),
        };
        var result = await sender.Send(query, ct);
        if (result.Ok)
        {
            http.Response.Headers.ETag = $"\"{result.Value.Etag}\"";
        }

        return ApiAnswer.From(result, view => view.Rules);
    }

    private static async Task<IResult> Fields(ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new ListRuleFields.Query(), ct), fields => new ApiList<RuleField>(fields, null));

    private static async Task<IResult> Versions([AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListRuleVersions.Query(page.Request), ct));

    private static async Task<IResult> Restore(Arg<int> version, Body<RestoreBody> body, ApiSender sender, CancellationToken ct) =>
        body.Value is { } restore
            ? ApiAnswer.From(await sender.Send(new RestoreRuleVersion.Command(version.Value, restore.Note), ct))
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> SaveDraft(HttpContext http, [FromHeader(Name = "If-Match")] string? ifMatch, ApiSender sender,
        CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(ifMatch))
        {
            return ApiProblem.Result(ApiProblem.Invalid("If-Match", ApiText.Get("IfMatchMissing")));
        }

        if (await Content(http, ct) is not { } content)
        {
            return ApiProblem.Result(ApiProblem.Invalid("", ApiText.Get("BodyTooLong")));
        }

        var result = await sender.Send(new SaveRuleDraft.Command(content, ifMatch.Trim().Trim('"')), ct);
        if (result.Ok)
        {
            http.Response.Headers.ETag = $"\"{result.Value.Etag}\"";
        }

        return ApiAnswer.From(result);
    }

    private static async Task<IResult> Publish(Body<PublishBody> body, ApiSender sender, CancellationToken ct) =>
        body.Value is { } publish
            ? ApiAnswer.From(await sender.Send(new PublishRules.Command(publish.Note, publish.At), ct))
            : ApiProblem.Result(body.Problem!);

    /// <summary>Null where it is too long.</summary>
    private static async Task<string?> Content(HttpContext http, CancellationToken ct)
    {
        using var reader = new StreamReader(http.Request.Body);
        var buffer = new char[MaxContentLength + 1];
        var length = await reader.ReadBlockAsync(buffer, ct);
        return length <= MaxContentLength ? new string(buffer, 0, length) : null;
    }

    private sealed record PublishBody(string? Note = null, DateTimeOffset? At = null);

    private sealed record RestoreBody(string? Note = null);
}
