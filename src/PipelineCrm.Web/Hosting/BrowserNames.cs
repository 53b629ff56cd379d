namespace PipelineCrm.Web.Hosting;

/// <summary>What people call their browser and its system, from what it says of itself: enough to tell one's own sign-ins apart.</summary>
internal static class BrowserNames
{
    /// <summary>Whoever imitates another says so after it: the first that fits is meant.</summary>
    private static readonly (string Sign, string Name)[] Browsers =
    [
        ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("MicroMessenger/", "WeChat"),
        ("QQBrowser/", "QQ Browser"),
        ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];

    private static readonly (string Sign, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("HarmonyOS", "HarmonyOS"), ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>Empty where it does not say.</summary>
    public static (string Browser, string System) Of(HttpContext http)
    {
        var said = http.Request.Headers.UserAgent.ToString();
        return (First(Browsers, said), First(Systems, said));
    }

    private static string First((string Sign, string Name)[] known, string said) =>
        Array.Find(known, one => said.Contains(one.Sign, StringComparison.Ordinal)).Name ?? "";
}
