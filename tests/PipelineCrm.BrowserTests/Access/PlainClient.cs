using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>A browser without scripts: keeps cookies, sends forms, follows nothing.</summary>
/// <param name="from">The loopback address that it comes from; null: the usual one.</param>
internal sealed partial class PlainClient(string address, string? from = null) : IDisposable
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Whether cookies that are for https are kept too, as a browser does that speaks it to a proxy.</summary>
    public bool KeepsSecureCookies { get; init; }

    /// <summary>What every request carries besides.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>The cookies as a browser would send them now; somebody who copied them keeps what they were.</summary>
    public string Cookie => _cookies.GetCookieHeader(Kept);

    private Uri Kept => new(KeepsSecureCookies ? address.Replace("http:", "https:", StringComparison.Ordinal) : address);

    private HttpClient Http => _http ??= new(Handler()) { BaseAddress = new(address) };

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path);

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Cookie is { Length: > 0 } cookie)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        var answer = await Http.SendAsync(request, Ct);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            _cookies.SetCookies(Kept, set);
        }

        return answer;
    }

    /// <summary>Fills the named form of a page in and sends it.</summary>
    public async Task<HttpResponseMessage> SendForm(string path, string handler, params (string Name, string Value)[] fields)
    {
        using var page = await Get(path);
        var html = await page.Content.ReadAsStringAsync(Ct);
        var form = Forms().Matches(html).Select(match => match.Value)
            .Single(text => text.Contains($"value=\"{handler}\"", StringComparison.Ordinal));
        var hidden = Hidden().Matches(form).Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        var target = Action().Match(form) is { Success: true } action ? WebUtility.HtmlDecode(action.Groups[1].Value) : path;
        return await Send(HttpMethod.Post, target, content);
    }

    public Task<HttpResponseMessage> SignIn(string email, string password, string returnUrl = "/") =>
        SendForm($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "sign-in", ("Email", email), ("Password", password));

    public async Task<HttpResponseMessage> Api(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        return await Http.SendAsync(request, Ct);
    }

    public void Dispose() => _http?.Dispose();

    private SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = async (context, ct) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            if (from is not null)
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            }

            await socket.ConnectAsync(context.DnsEndPoint, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<form[^>]* action=\"([^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
