using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.People;

namespace PipelineCrm.BrowserTests.Api;

/// <summary>A program that talks to the API as one user.</summary>
internal sealed class ApiClient(string address, string? token, UserId user = default) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new($"{address}/api/v1/") };

    public UserId User => user;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A new user of that role with a token.</summary>
    public static async Task<ApiClient> NewAsync(RunningApp app, Role role, TeamId? team = null, string language = "en")
    {
        await Seed.SetUpAsync(app.Services);
        var (id, _) = await Seed.UserAsync(app.Services, role, team, language);
        var made = await app.Door.Send(new CreateApiToken.Command("test"), new Caller(id, Channel.Page), Ct);
        return new ApiClient(app.Address, made.Value!.Secret, id);
    }

    public Task<Reply> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Reply> PostAsync(string path, string? json, string? key = null) =>
        SendAsync(HttpMethod.Post, path, json, key is null ? [] : [("Idempotency-Key", key)]);

    public Task<Reply> PatchAsync(string path, string json) => SendAsync(HttpMethod.Patch, path, json);

    public async Task<Reply> SendAsync(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await SendContentAsync(method, path, content, headers);
    }

    public async Task<Reply> SendContentAsync(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, Ct);
        return new Reply(
            answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Content.Headers.ContentType?.MediaType,
            answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _http.Dispose();
}

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

    public static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal);

    public static void HasShape(string shape, JsonElement element) => Assert.Equal(string.Join(' ', shape.Split(' ').Order(StringComparer.Ordinal)), string.Join(' ', Names(element)));

    private Reply Has(HttpStatusCode status, string shape)
    {
        Is(status);
        Assert.Equal("application/json", MediaType);
        HasShape(shape, Json);
        return this;
    }
}
