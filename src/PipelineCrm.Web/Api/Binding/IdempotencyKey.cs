using PipelineCrm.Deals;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

/// <summary>The header by which a program sends a call again without having it done twice; every POST takes it.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Null where none was sent.</summary>
    public static string? OperationId(this HttpContext http) =>
        HttpMethods.IsPost(http.Request.Method) && http.Request.Headers[Header] is [{ Length: > 0 } key] ? key : null;

    /// <summary>What is wrong with the key that was sent, if anything is; null where none was.</summary>
    public static string? Mistake(HttpContext http) =>
        !HttpMethods.IsPost(http.Request.Method) || http.Request.Headers[Header] is not { Count: > 0 } sent ? null
        : sent is [{ Length: >= 1 and <= MoveDeal.KeyLength } key] && key.All(letter => !char.IsControl(letter)) ? null
        : ApiText.Get("IdempotencyKeyMistake");
}
