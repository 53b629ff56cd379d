using Microsoft.AspNetCore.Http.Features;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Over https every cookie is called __Host-… and is Secure: browsers then take it from this host alone, over https alone, for every path.
/// What uses cookies knows them by their plain names, which are what they are called over plain http.
/// </summary>
internal static class HostCookies
{
    public const string Prefix = "__Host-";

    public static void UseHostCookies(this IApplicationBuilder app)
    {
        app.UseCookiePolicy(new CookiePolicyOptions
        {
            Secure = CookieSecurePolicy.SameAsRequest,
            OnAppendCookie = cookie => cookie.CookieName = NameOf(cookie.Context, cookie.CookieName),
            OnDeleteCookie = cookie => cookie.CookieName = NameOf(cookie.Context, cookie.CookieName),
        });
        app.Use((http, next) =>
        {
            // An error page goes through here again.
            if (http.Request.IsHttps && http.Request.Cookies is not Plain)
            {
                http.Features.Set<IRequestCookiesFeature>(new Plain(http.Request.Cookies));
            }

            return next(http);
        });
    }

    private static string NameOf(HttpContext http, string name) => http.Request.IsHttps ? Prefix + name : name;

    /// <summary>The cookies with the prefix, without it; no others: those any neighbouring host could have set.</summary>
    private sealed class Plain(IRequestCookieCollection sent) : IRequestCookiesFeature, IRequestCookieCollection
    {
        private readonly Dictionary<string, string> _cookies = sent
            .Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(cookie => cookie.Key[Prefix.Length..], cookie => cookie.Value);

        public IRequestCookieCollection Cookies
        {
            get => this;
            set => throw new NotSupportedException("The cookies of a request are what was sent.");
        }

        public int Count => _cookies.Count;

        public ICollection<string> Keys => _cookies.Keys;

        public string? this[string key] => _cookies.GetValueOrDefault(key);

        public bool ContainsKey(string key) => _cookies.ContainsKey(key);

        public bool TryGetValue(string key,
            [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => _cookies.TryGetValue(key, out value);

        public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _cookies.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
