using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Forms;

/// <summary>The dialogs of forms off the board, which are MudBlazor's: what the browser's own do by themselves.</summary>
public sealed class FormDialogTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Name = "Thirty letters, typed at once.";

    [Theory]
    [InlineData("/users", "Invite", "user-name")]
    [InlineData("/profile", null, "my-name")]
    public async Task A_key_that_only_types_does_not_travel(string path, string? opens, string field)
    {
        var page = await app.SignedInPage(Role.Admin);
        var frames = 0;
        page.WebSocket += (_, socket) => socket.FrameSent += (_, _) => Interlocked.Increment(ref frames);
        await page.Open(path);
        if (opens is not null)
        {
            await page.GetByRole(AriaRole.Button, new() { Name = opens }).ClickAsync();
        }

        await page.Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.Locator($"#{field}").FocusAsync();
        var before = frames;
        await page.Keyboard.TypeAsync(Name);
        await Expect(page.Locator($"#{field}")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex($"{Name}$"));
        // The page says that it is alive now and then; each key would be two frames at least.
        Assert.InRange(frames - before, 0, Name.Length / 3);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task The_focus_stays_within_and_goes_back_to_what_opened_it_and_nothing_moves_meanwhile()
    {
        var page = await app.SignedInPage(Role.Admin);
        await page.Open("/teams");
        var opener = page.GetByRole(AriaRole.Button, new() { Name = "New team" }).First;
        var place = await opener.BoundingBoxAsync();
        await opener.ClickAsync();
        await Expect(page.Locator("#team-name")).ToBeFocusedAsync();
        var moved = await opener.BoundingBoxAsync();
        Assert.Equal((place!.X, place.Y), (moved!.X, moved.Y));
        foreach (var key in Enumerable.Repeat("Tab", 8).Concat(Enumerable.Repeat("Shift+Tab", 8)))
        {
            await page.Keyboard.PressAsync(key);
            Assert.True(await page.EvaluateAsync<bool>("document.activeElement.closest('[role=dialog]') !== null"));
        }

        await page.Locator("#team-name").FocusAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(opener).ToBeFocusedAsync();
        Assert.Empty(app.Trouble);
    }
}
