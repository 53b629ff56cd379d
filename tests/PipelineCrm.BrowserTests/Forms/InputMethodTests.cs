using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Forms;

/// <summary>An open composition of an input method: its keys and its text are nobody else's.</summary>
public sealed class InputMethodTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Composed = "nian du";
    private const string Confirmed = "年度";

    [Fact]
    public async Task Escape_in_a_composition_closes_neither_the_quick_form_nor_the_title_editor()
    {
        var board = await BoardPage.Open(app);
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal in Awareness" }).ClickAsync();
        var title = board.Page.Locator("form.quick input[name=title]");
        await Expect(title).ToBeFocusedAsync();
        await board.Page.Keyboard.TypeAsync("Metering ");
        await Compose(board.Page, Composed);
        await Key(board.Page, "Escape", 27);
        await Commit(board.Page, Confirmed);
        await Expect(title).ToHaveValueAsync($"Metering {Confirmed}");

        await board.Page.Open($"/deals/{board.Deal.Id}");
        await board.Page.Locator("[data-field=title]").ClickAsync();
        var editor = board.Page.Locator("form.editor input");
        await Expect(editor).ToBeFocusedAsync();
        await editor.FillAsync("Metering ");
        await Compose(board.Page, Composed);
        await Key(board.Page, "Escape", 27);
        await Key(board.Page, "Enter", 13);
        await Commit(board.Page, Confirmed);
        await Expect(editor).ToHaveValueAsync($"Metering {Confirmed}");
        Assert.Equal(1, (await board.Now()).Version);
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(editor).ToHaveCountAsync(0);
        Assert.Equal($"Metering {Confirmed}", (await board.Now()).Title);
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_search_waits_for_what_is_confirmed()
    {
        var board = await BoardPage.Open(app, title: $"{Confirmed}合同");
        var other = (await board.More(1))[0];
        await board.Reload();
        List<string> searched = [];
        board.Page.FrameNavigated += (_, frame) => searched.Add(Uri.UnescapeDataString(frame.Url));
        await board.Page.GetByRole(AriaRole.Searchbox).ClickAsync();
        foreach (var part in (string[])["n", "ni", "nia", "nian", Composed])
        {
            await Compose(board.Page, part);
            // Longer than the pause after which a search runs.
            await board.Page.EvaluateAsync("() => new Promise(done => setTimeout(done, 400))");
        }

        await Key(board.Page, "Enter", 13);
        await Expect(board.Page.Locator($"[data-deal='{other.Id}']")).ToBeVisibleAsync();
        Assert.DoesNotContain("search=", board.Page.Url);
        await Commit(board.Page, Confirmed);
        await Expect(board.Page.Locator($"[data-deal='{other.Id}']")).ToHaveCountAsync(0);
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.All(searched, url => Assert.DoesNotContain("n", url.Split("search=")[^1].Split('/')[0]));
    }

    [Fact]
    public async Task The_Enter_that_ends_a_composition_picks_no_customer_and_saves_nothing()
    {
        var board = await BoardPage.Open(app);
        await board.Send(new CreateCustomer.Command($"{Confirmed}设备"));
        await board.Page.GetByRole(AriaRole.Button, new() { Name = "New deal in Awareness" }).ClickAsync();
        await board.Page.Locator("form.quick input[name=title]").FillAsync("Metering");
        await board.Page.Locator("form.quick input[name=customer]").ClickAsync();
        await Compose(board.Page, Composed);
        await Key(board.Page, "Enter", 229);
        await Commit(board.Page, Confirmed);
        await Expect(board.Page.Locator("form.quick [role=option]").First).ToContainTextAsync($"{Confirmed}设备");
        await Expect(board.Page.Locator("form.quick input[name=customer]")).ToHaveValueAsync(Confirmed);
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(1);
    }

    private static async Task Compose(IPage page, string text)
    {
        var keyboard = await page.Context.NewCDPSessionAsync(page);
        await keyboard.SendAsync("Input.imeSetComposition",
            new() { ["text"] = text, ["selectionStart"] = text.Length, ["selectionEnd"] = text.Length });
        await keyboard.DetachAsync();
    }

    /// <summary>A key that the browser passes on while the composition is open.</summary>
    private static async Task Key(IPage page, string key, int code)
    {
        var keyboard = await page.Context.NewCDPSessionAsync(page);
        foreach (var type in (string[])["keyDown", "keyUp"])
        {
            await keyboard.SendAsync("Input.dispatchKeyEvent",
                new() { ["type"] = type, ["key"] = key, ["code"] = key, ["windowsVirtualKeyCode"] = code });
        }

        await keyboard.DetachAsync();
    }

    private static async Task Commit(IPage page, string text)
    {
        var keyboard = await page.Context.NewCDPSessionAsync(page);
        await keyboard.SendAsync("Input.insertText", new() { ["text"] = text });
        await keyboard.DetachAsync();
    }
}
