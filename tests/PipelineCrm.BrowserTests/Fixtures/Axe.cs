using Microsoft.Playwright;

namespace PipelineCrm.BrowserTests.Fixtures;

/// <summary>Accessibility rules, as axe-core knows them, against a page as it stands.</summary>
internal static class Axe
{
    private const string Run = """
        async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
            .flatMap(violation => violation.nodes.map(node => `${violation.id}: ${violation.help}: ${node.html.slice(0, 200)}`))
        """;

    /// <summary>What fades in is judged when it is there; the line of a message, which runs for seconds, is not waited for.</summary>
    private const string Settled = """
        async () => {
            const short = () => document.getAnimations().filter(animation => animation.effect.getComputedTiming().endTime < 1000 && animation.playState === "running");
            for (let left = short(); left.length > 0; left = short()) {
                await Promise.allSettled(left.map(animation => animation.finished));
            }
        }
        """;

    private static readonly Lazy<string> Script = new(Load);

    public static async Task NoViolations(IPage page)
    {
        // Evaluated, not added as an element: the page's content security policy stays as it is.
        await page.EvaluateAsync(Script.Value);
        await page.EvaluateAsync(Settled);
        var violations = await page.EvaluateAsync<string[]>(Run);
        Assert.True(violations.Length == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }

    private static string Load()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "axe.min.js");
        return File.Exists(file)
            ? File.ReadAllText(file)
            : throw new FileNotFoundException("axe-core is missing: run npm ci in tests/PipelineCrm.BrowserTests and build again.", file);
    }
}
