using System.Net;
using System.Text.RegularExpressions;

namespace PipelineCrm.BrowserTests.Access;

/// <summary>A browser without scripts: keeps cookies, sends forms, follows nothing.</summary>
internal sealed partial class PlainClient(string address) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new(address) };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public Task<HttpResponseMessage> Get(string path) => _http.GetAsync(new Uri(path, UriKind.Relative), Ct);

    /// <summary>Fills the named form of a page in and sends it.</summary>
    public async Task<HttpResponseMessage> SendForm(string path, string handler, params (string Name, string Value)[] fields)
    {
        using var page = await Get(path);
        var html = await page.Content.ReadAsStringAsync(Ct);
        var form = Forms().Matches(html).Select(match => match.Value).Single(text => text.Contains($"value=\"{handler}\"", StringComparison.Ordinal));
        var hidden = Hidden().Matches(form).Select(match => (match.Groups[1].Value, WebUtility.HtmlDecode(match.Groups[2].Value)));
        using var content = new FormUrlEncodedContent(hidden.Concat(fields).Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await _http.PostAsync(new Uri(path, UriKind.Relative), content, Ct);
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

        return await _http.SendAsync(request, Ct);
    }

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
