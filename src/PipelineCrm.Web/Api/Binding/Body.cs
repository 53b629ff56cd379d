using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Metadata;
using PipelineCrm.Domain;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

/// <summary>A JSON body that knows whether it could be read: handlers decide when to say so, because 404 comes before 400.</summary>
internal sealed record Body<T>(T? Value, Problem? Problem) : IEndpointParameterMetadataProvider where T : class
{
    private static readonly JsonSerializerOptions Strict = CreateStrict();

    /// <summary>Nothing was sent, which is right where the body may be left out.</summary>
    public bool Missing { get; private init; }

    public static async ValueTask<Body<T>?> BindAsync(HttpContext http)
    {
        if (http.Request is { ContentLength: null or 0, Headers.TransferEncoding.Count: 0 })
        {
            return new Body<T>(null, Fault("", ApiText.Get("BodyMissing"))) { Missing = true };
        }

        try
        {
            // Read whole: only then is a name that stands twice told with its place.
            using var sent = new MemoryStream();
            await http.Request.Body.CopyToAsync(sent, http.RequestAborted);
            return Read(sent.GetBuffer().AsSpan(0, (int)sent.Length)) is { } value
                ? new Body<T>(value, null)
                : new Body<T>(null, Fault("", ApiText.Get("BodyMissing")));
        }
        catch (JsonException malformed)
        {
            return new Body<T>(null, Fault(Field(malformed), Sentence(malformed)));
        }
        catch (BadHttpRequestException tooLong) when (tooLong.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return new Body<T>(null, Fault("", ApiText.Get("BodyTooLong")));
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static T? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json, Strict);

    private static Problem Fault(string field, string sentence) => ApiProblem.Invalid(field.Length == 0 ? "body" : field, sentence);

    private static string Field(JsonException malformed) =>
        (malformed.Path ?? "").TrimStart('$').TrimStart('.').Replace("['", "", StringComparison.Ordinal)
            .Replace("']", "", StringComparison.Ordinal);

    private static string Sentence(JsonException malformed) => malformed switch
    {
        { Path: null or "" or "$" }
            or { InnerException: not (null or FormatException or InvalidOperationException) } => ApiText.Get("Malformed"),
        _ when malformed.Message.Contains("could not be mapped", StringComparison.Ordinal) => ApiText.Get("UnknownField"),
        _ => ApiText.Get("BadValue"),
    };

    private static JsonSerializerOptions CreateStrict()
    {
        var options = new JsonSerializerOptions(WireNames.Json)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
