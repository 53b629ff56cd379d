using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Domain;

namespace PipelineCrm.ApiTests;

public sealed class DescriptionTests(TestApp app) : IClassFixture<TestApp>
{
    /// <summary>The table of docs/api.md.</summary>
    private static readonly string[] Contract =
    [
        "GET /customers", "POST /customers", "GET /customers/{id}", "GET /customers/{id}/contacts", "POST /customers/{id}/contacts",
        "GET /deals", "POST /deals", "GET /deals/{id}", "PATCH /deals/{id}", "GET /deals/{id}/quotes", "POST /deals/{id}/quotes",
        "GET /deals/{id}/payments", "POST /deals/{id}/payments", "GET /deals/{id}/moves", "POST /deals/{id}/moves",
        "GET /deals/{id}/transitions",
        "POST /transitions/{id}/undo", "GET /products", "GET /codes", "GET /board", "GET /board/{stage}", "GET /funnel",
        "GET /funnel/deals",
        "GET /rules", "GET /rules/fields", "PUT /rules/draft", "POST /rules/publish",
    ];

    private List<string> Mapped => [.. app.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints)
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
        .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(
            method => $"{method} {endpoint.RoutePattern.RawText}"))];

    [Fact]
    public async Task Every_call_there_is_is_described_and_every_promised_one_is_there()
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var document = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var described = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        Assert.Subset(Mapped.ToHashSet(), Contract.Select(call => call.Replace(" /", " /api/v1/", StringComparison.Ordinal)).ToHashSet());
        Assert.Equal(Mapped.Order(StringComparer.Ordinal),
            described.Where(call => call.Contains("/api/v1", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_call_says_how_it_refuses_and_which_headers_it_needs()
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var document = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var calls = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/v1", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value).ToList();
        Assert.All(calls, call => Assert.True(call.GetProperty("responses").GetProperty("default").GetProperty("content")
            .TryGetProperty("application/problem+json", out _)));
        var headers = calls.Where(call => call.TryGetProperty("parameters", out _))
            .SelectMany(call => call.GetProperty("parameters").EnumerateArray())
            .Where(parameter => parameter.GetProperty("in").GetString() == "header").ToList();
        Assert.Equal(["Idempotency-Key", "If-Match"],
            headers.Select(header => header.GetProperty("name").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(headers.Where(header => header.GetProperty("name").GetString() == "If-Match"),
            header => Assert.True(header.GetProperty("required").GetBoolean()));
    }

    [Fact]
    public async Task Every_post_takes_an_idempotency_key_and_only_moves_ask_for_one()
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        using var document = JsonDocument.Parse(
            await client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var posts = document.RootElement.GetProperty("paths").EnumerateObject()
            .Where(path => path.Name.StartsWith("/api/v1", StringComparison.Ordinal))
            .SelectMany(path => path.Value.EnumerateObject().Where(call => call.Name == "post")
                .Select(call => (path.Name, Post: call.Value))).ToList();
        Assert.NotEmpty(posts);
        Assert.All(posts, post =>
        {
            var key = post.Post.GetProperty("parameters").EnumerateArray()
                .Single(parameter => parameter.GetProperty("name").GetString() == "Idempotency-Key");
            Assert.Equal(post.Name.EndsWith("/moves", StringComparison.Ordinal),
                key.TryGetProperty("required", out var required) && required.GetBoolean());
        });
    }

    [Fact]
    public async Task Without_a_token_no_call_answers()
    {
        using var nobody = new ApiClient(app.Address, null);
        using var guess = new ApiClient(app.Address, "pcrm_guess");
        Assert.NotEmpty(Mapped);
        foreach (var (method, path) in Mapped.Select(call => call.Split(' '))
            .Select(call => (new HttpMethod(call[0]), call[1]["/api/v1/".Length..])))
        {
            var address = path.Replace("{id}", Guid.Empty.ToString(), StringComparison.Ordinal);
            (await nobody.Send(method, address, "{}")).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
            (await guess.Send(method, address, "{}")).IsProblem(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Fact]
    public async Task A_problem_speaks_the_language_that_was_asked_for()
    {
        using var rep = await ApiClient.New(app, Role.Rep, language: "zh-CN");
        Assert.Matches("[\u4e00-\u9fff]", (await rep.Get("deals?limit=0"))["detail"].GetString()!);
        Assert.DoesNotMatch("[\u4e00-\u9fff]",
            (await rep.Send(HttpMethod.Get, "deals?limit=0", null, ("Accept-Language", "fr, en;q=0.5"))).Text);
    }

    [Fact]
    public async Task There_is_a_page_to_try_it()
    {
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        var page = await client.GetStringAsync(new Uri("/api/index.html", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains("swagger-ui", page, StringComparison.Ordinal);
    }
}
