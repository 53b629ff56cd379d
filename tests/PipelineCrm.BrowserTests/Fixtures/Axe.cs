using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace PipelineCrm.BrowserTests.Fixtures;

/// <summary>Accessibility rules, as axe-core knows them, against a page as it stands.</summary>
internal static class Axe
{
    /// <summary>What fades in is judged when it is there; the line of a message, which runs for seconds, is not waited for.</summary>
    private const string Settled = """
        async () => {
            const short = () => document.getAnimations().filter(animation => animation.effect.getComputedTiming().endTime < 1000 && animation.playState === "running");
            for (let left = short(); left.length > 0; left = short()) {
                await Promise.allSettled(left.map(animation => animation.finished));
            }
        }
        """;

    public static async Task NoViolations(IPage page)
    {
        await page.EvaluateAsync(Settled);
        var result = await page.RunAxe();
        var violations = result.Violations
            .SelectMany(violation => violation.Nodes.Select(
                node => $"{violation.Id}: {violation.Help}: {node.Html[..Math.Min(200, node.Html.Length)]}"))
            .ToList();
        Assert.True(result.Passes.Length > 0, $"{page.Url}\nNo rule was checked.");
        Assert.True(violations.Count == 0, $"{page.Url}\n{string.Join('\n', violations)}");
    }
}
