namespace PipelineCrm.TestSupport;

/// <summary>
/// The browser that tests and benchmarks drive: Chromium without its windows, as Playwright itself uses it where nothing is to be seen.
/// The whole Chromium draws its own tool bars for every page too, which doubles the time until a page is there.
/// </summary>
internal static class ChromiumExecutable
{
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("PIPELINECRM_CHROMIUM") ?? "/usr/bin/chromium-headless-shell";
}
