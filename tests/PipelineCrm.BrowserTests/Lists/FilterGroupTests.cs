using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Lists;

/// <summary>Groups of conditions in a list's filter.</summary>
public sealed class FilterGroupTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_group_is_built_read_changed_and_taken_apart_in_the_filters_dialog()
    {
        var (page, _) = await app.RepList(5, Ct);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a filter" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Amount(dialog, "gte", "400");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a group: all of…" }).PressAsync("Enter");
        await Assertions.Expect(dialog.Locator("[name=kind]")).ToHaveValueAsync("any");
        await Assertions.Expect(dialog.Locator("[name=kind-within]")).ToHaveValueAsync("all");
        await Assertions.Expect(dialog.Locator("[name=fact]")).ToBeFocusedAsync();
        await Amount(dialog, "gte", "100");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).First.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Apply" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".mistake")).ToHaveTextAsync("Give a value first.");
        await Amount(dialog, "lt", "200");
        await Axe.NoViolations(page);
        await dialog.Locator("[name=value]").PressAsync("Enter");
        await page.IsAt("**filter=**");
        await Assertions.Expect(page.Names()).ToHaveTextAsync(["Deal 4", "Deal 1"]);
        var chip = page.Locator("[data-filter]");
        await Assertions.Expect(chip).ToContainTextAsync("Amount ≥ 400 or (Amount ≥ 100 and Amount < 200)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mine" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Mine" })).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Names()).ToHaveTextAsync(["Deal 4", "Deal 1"]);

        var chinese = await app.SignedInPage(Role.Admin, language: "zh-CN", width: 390, dark: true);
        await chinese.Open(new Uri(page.Url).PathAndQuery);
        await Assertions.Expect(chinese.Locator("[data-filter]").First).ToContainTextAsync("金额 ≥ 400，或（金额 ≥ 100，且金额 < 200）");
        await chinese.Locator("[data-filter] button").First.ClickAsync();
        await chinese.GetByRole(AriaRole.Dialog).Locator(".said").First.WaitForAsync();
        await Axe.NoViolations(chinese);

        await chip.GetByRole(AriaRole.Button).First.PressAsync("Enter");
        await dialog.Locator(".said").First.PressAsync("Enter");
        await Assertions.Expect(dialog.Locator("[name=value]")).ToBeFocusedAsync();
        await dialog.Locator("[name=value]").FillAsync("300");
        await dialog.Locator("[data-line=read] .off").Last.PressAsync("Enter");
        await Assertions.Expect(dialog.Locator(".said")).ToHaveCountAsync(1);
        await Axe.NoViolations(page);
        await dialog.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(page.Names()).ToHaveTextAsync(["Deal 4", "Deal 3", "Deal 2", "Deal 1"]);
        await chip.Locator(".off").ClickAsync();
        await Assertions.Expect(page.Names()).ToHaveCountAsync(5);
        Assert.Empty(app.Trouble);

        static async Task Amount(ILocator dialog, string comparison, string value)
        {
            await dialog.Locator("[name=fact]").SelectOptionAsync("amount");
            await dialog.Locator("[name=op]").SelectOptionAsync(comparison);
            await dialog.Locator("[name=value]").FillAsync(value);
        }
    }
}
