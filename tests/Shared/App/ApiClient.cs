using System.Net.Http.Headers;
using System.Text;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.TestSupport;

/// <summary>A program that talks to the API as one user.</summary>
internal sealed class ApiClient(string address, string? token, UserId user = default) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new($"{address}/api/v1/") };

    public UserId User => user;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A new user of that role with a token.</summary>
    public static async Task<ApiClient> New(TestApp app, Role role, TeamId? team = null, string language = "en")
    {
        await Seed.SetUp(app.Services);
        var (id, _) = await Seed.User(app.Services, role, team, language);
        var made = await app.Door.Send(new CreateApiToken.Command("test"), new Caller(id, Channel.Page), Ct);
        return new ApiClient(app.Address, made.Value!.Secret, id);
    }

    public Task<Reply> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<Reply> Post(string path, string? json, string? key = null) =>
        Send(HttpMethod.Post, path, json, key is null ? [] : [("Idempotency-Key", key)]);

    public Task<Reply> Patch(string path, string json) => Send(HttpMethod.Patch, path, json);

    public async Task<Reply> Send(HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await SendContent(method, path, content, headers);
    }

    public async Task<Reply> SendContent(HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
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
            answer.Headers.Concat(answer.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public void Dispose() => _http.Dispose();
}
