using System.Net;
using System.Text.Json;

namespace PipelineCrm.TestSupport;

/// <summary>What the API answered.</summary>
internal sealed record Reply(HttpStatusCode Status, string Text, string? MediaType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string Id => this["id"].ToString();

    public long Version => this["version"].GetInt64();

    public JsonElement this[string name] => Json.GetProperty(name);

    public IEnumerable<JsonElement> Items => this["items"].EnumerateArray();

    /// <summary>A problem has this status, this code, a sentence, and says which fields it is about.</summary>
    public Reply IsProblem(HttpStatusCode status, string code, params string[] fields)
    {
        Assert.True(status == Status && Text.Contains($"\"code\":\"{code}\"", StringComparison.Ordinal), $"{(int)Status} {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal((int)status, this["status"].GetInt32());
        Assert.NotEqual("", this["title"].GetString());
        Assert.NotEqual("", this["detail"].GetString());
        Assert.Equal(fields.Order(StringComparer.Ordinal), Json.TryGetProperty("errors", out var errors) ? Names(errors) : []);
        return this;
    }

    public Reply Is(HttpStatusCode status)
    {
        Assert.True(status == Status, $"{(int)Status} {Text}");
        return this;
    }

    /// <summary>200 with exactly these properties, written with blanks between them.</summary>
    public Reply IsOk(string shape) => Has(HttpStatusCode.OK, shape);

    public Reply IsCreated(string shape, string location)
    {
        Assert.Equal(location, Headers.GetValueOrDefault("Location"));
        return Has(HttpStatusCode.Created, shape);
    }

    public static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name)
        .Order(StringComparer.Ordinal);

    public static void HasShape(string shape, JsonElement element) =>
        Assert.Equal(string.Join(' ', shape.Split(' ').Order(StringComparer.Ordinal)), string.Join(' ', Names(element)));

    private Reply Has(HttpStatusCode status, string shape)
    {
        Is(status);
        Assert.Equal("application/json", MediaType);
        HasShape(shape, Json);
        return this;
    }
}
