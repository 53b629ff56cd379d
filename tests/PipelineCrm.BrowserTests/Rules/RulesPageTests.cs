using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Rules;

public sealed class RulesPageTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static async Task<IPage> OnRules(IPage page)
    {
        await page.Open("/rules");
        await Expect(page.GetByRole(AriaRole.Table).First).ToBeVisibleAsync();
        return page;
    }

    private static ILocator Rule(IPage page, string text) => page.Locator("ol button", new() { HasText = text });

    private static async Task Publish(IPage page, string note)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish…" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Textbox).FillAsync(note);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await Expect(page.GetByText("is in force.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_admin_changes_a_rule_the_draft_survives_a_reload_and_everybody_reads_what_was_published()
    {
        var admin = await OnRules(await app.SignedInPage(Role.Admin));
        await Rule(admin, "Entering Decision").ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Condition", Exact = true }).ClickAsync();
        await Expect(admin.Locator(".crow")).ToHaveCountAsync(3);
        var row = admin.Locator(".crow").Last;
        await row.GetByLabel("Field").SelectOptionAsync(FieldKey.Contacts);
        await row.GetByLabel("Comparison").SelectOptionAsync("gte");
        await row.GetByLabel("Value", new() { Exact = true }).FillAsync("2");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Keep in draft" }).ClickAsync();
        await Expect(admin.GetByText("Kept in the draft.")).ToBeVisibleAsync();

        await admin.OpenAgain();
        await Expect(Rule(admin, "Contacts ≥ 2")).ToBeVisibleAsync();
        await Axe.NoViolations(admin);
        await Publish(admin, "Two people, please");

        var rep = await OnRules(await app.SignedInPage(Role.Rep));
        await Expect(Rule(rep, "Contacts ≥ 2")).ToBeVisibleAsync();
        await Expect(rep.GetByText("Two people, please")).ToBeVisibleAsync();
        await Rule(rep, "Entering Post-purchase").ClickAsync();
        await Expect(rep.GetByText("May be overridden by: Manager, Admin.")).ToBeVisibleAsync();
        await Expect(rep.GetByRole(AriaRole.Button, new() { Name = "Add rule" })).ToHaveCountAsync(0);
        await Expect(rep.GetByRole(AriaRole.Button, new() { Name = "Publish…" })).ToHaveCountAsync(0);
        await Axe.NoViolations(rep);
        Assert.Empty(app.Trouble);
    }

    [Theory]
    [InlineData("en", "Entering Decision", "The message was written for other conditions")]
    [InlineData("zh-CN", "进入「决策」", "提示语是针对之前的条件写的")]
    public async Task A_message_written_for_other_conditions_is_said_to_be_so_until_it_is_written_anew(string language, string rule,
        string says)
    {
        var admin = await OnRules(await app.SignedInPage(Role.Admin, language: language));
        await Rule(admin, rule).ClickAsync();
        await Expect(admin.Locator(".crow").First).ToBeVisibleAsync();
        var hint = admin.GetByText(says);
        await Expect(hint).ToHaveCountAsync(0);
        await admin.Locator(".cond > .row button").First.ClickAsync();
        await Expect(hint).ToBeVisibleAsync();
        await Axe.NoViolations(admin);
        await admin.Locator("input[name=message-en]").FillAsync("Name everything.");
        await admin.Locator("input[name=message-zh]").FillAsync("逐项写明。");
        await admin.Locator("input[name=message-zh]").BlurAsync();
        await Expect(hint).ToHaveCountAsync(0);
        await admin.Locator(".crow select").First.SelectOptionAsync(FieldKey.Contacts);
        await Expect(hint).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task A_flaw_is_told_at_its_field_and_what_was_typed_stays()
    {
        var admin = await OnRules(await app.SignedInPage(Role.Admin));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        var row = admin.Locator(".crow");
        await row.GetByLabel("Comparison").SelectOptionAsync("gte");
        await row.GetByLabel("Value", new() { Exact = true }).FillAsync("1.234,56");
        await admin.GetByLabel("Message in English").FillAsync("Raise the amount.");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Keep in draft" }).ClickAsync();
        await Expect(admin.GetByText("Type a plain number such as 1,000 or 12.5, at most 999,999,999,999,999")).ToBeVisibleAsync();
        // One language suffices.
        await Expect(admin.GetByText("Write the message in Chinese")).ToHaveCountAsync(0);
        await Expect(row.GetByLabel("Value", new() { Exact = true })).ToHaveValueAsync("1.234,56");
        await Expect(admin.GetByLabel("Message in English")).ToHaveValueAsync("Raise the amount.");
        await Axe.NoViolations(admin);
    }

    [Fact]
    public async Task Days_that_cannot_be_kept_are_told_at_their_own_field_and_the_draft_says_that_it_is_without_them()
    {
        var admin = await OnRules(await app.SignedInPage(Role.Admin));
        var most = admin.GetByLabel("Days at most in Decision");
        await most.FillAsync("0");
        await most.BlurAsync();
        await Expect(most).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(admin.Locator("td", new() { Has = most }).Locator(".mistake")).ToHaveTextAsync("Enter whole days from 1 to 3650.");
        await Expect(admin.GetByLabel("Warn from day in Decision")).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(admin.GetByText("Something is not kept in the draft")).ToBeVisibleAsync();
        await Expect(admin.GetByText("No changes")).ToHaveCountAsync(0);
        await Axe.NoViolations(admin);

        // The warning is set against the longest time that is typed, kept or not.
        await most.FillAsync("9");
        await most.BlurAsync();
        var warn = admin.GetByLabel("Warn from day in Decision");
        await warn.FillAsync("10");
        await warn.BlurAsync();
        await Expect(admin.Locator("td", new() { Has = warn }).Locator(".mistake")).ToContainTextAsync("no later than the longest time");
        await most.FillAsync("12");
        await most.BlurAsync();
        await Expect(admin.Locator(".mistake")).ToHaveCountAsync(0);
        await Expect(admin.GetByText("Something is not kept in the draft")).ToHaveCountAsync(0);
        await admin.OpenAgain();
        await Expect(warn).ToHaveValueAsync("10");
        await Expect(most).ToHaveValueAsync("12");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await admin.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(most).ToHaveValueAsync("21");
    }

    [Fact]
    public async Task A_draft_that_somebody_else_changed_is_not_overwritten()
    {
        var (one, two) = (await OnRules(await app.SignedInPage(Role.Admin)), await OnRules(await app.SignedInPage(Role.Admin)));
        await Switch(one, "Awareness → Decision");
        await Expect(one.GetByLabel("Awareness → Decision: Needs")).ToBeVisibleAsync();

        await Switch(two, "Awareness → Purchase");
        await Expect(two.GetByText("Somebody else has changed the draft")).ToBeVisibleAsync();
        await two.GetByRole(AriaRole.Button, new() { Name = "Load the draft again" }).ClickAsync();
        await Expect(two.GetByLabel("Awareness → Decision: Needs")).ToBeVisibleAsync();
        await Expect(two.GetByLabel("Awareness → Purchase: Not allowed")).ToBeVisibleAsync();

        static async Task Switch(IPage page, string step)
        {
            await page.GetByLabel($"{step}: Not allowed").ClickAsync();
            await page.GetByLabel("This move is allowed").ClickAsync();
        }
    }

    [Fact]
    public async Task Going_back_to_an_old_version_publishes_it_anew()
    {
        var admin = await OnRules(await app.SignedInPage(Role.Admin));
        await admin.GetByLabel("Days at most in Awareness").FillAsync("3");
        await admin.GetByLabel("Days at most in Awareness").BlurAsync();
        await Expect(admin.GetByRole(AriaRole.Button, new() { Name = "Publish…" })).ToBeEnabledAsync();
        await Publish(admin, "Hurry");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Go back to version 1", Exact = true }).ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await Expect(admin.GetByLabel("Days at most in Awareness")).ToHaveValueAsync("14");
        await Expect(admin.GetByText("Back to version 1", new() { Exact = true }).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_page_speaks_Chinese_and_fits_a_phone()
    {
        var admin = await app.SignedInPage(Role.Admin, language: "zh-CN", width: 390, height: 844, dark: true);
        await OnRules(admin);
        await Expect(Rule(admin, "进入「购后」须")).ToBeVisibleAsync();
        Assert.Equal(390, await admin.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Axe.NoViolations(admin);
    }

    [Fact]
    public async Task One_language_suffices_a_removed_rule_is_struck_out_until_published_and_fields_have_peoples_names()
    {
        var admin = await OnRules(await app.SignedInPage(Role.Admin));
        await admin.GetByRole(AriaRole.Button, new() { Name = "Add rule" }).ClickAsync();
        var row = admin.Locator(".crow").First;
        Assert.DoesNotContain(await row.GetByLabel("Field").Locator("option").AllTextContentsAsync(),
            name => name.Contains("(id)", StringComparison.Ordinal));
        await row.GetByLabel("Field").SelectOptionAsync(FieldKey.Contacts);
        await row.GetByLabel("Comparison").SelectOptionAsync("gte");
        await row.GetByLabel("Value", new() { Exact = true }).FillAsync("4");
        await admin.GetByLabel("Message in English").FillAsync("Four people, please");
        await admin.GetByRole(AriaRole.Button, new() { Name = "Keep in draft" }).ClickAsync();
        await Expect(Rule(admin, "Contacts ≥ 4")).ToBeVisibleAsync();

        await Rule(admin, "Entering Purchase").ClickAsync();
        await admin.GetByRole(AriaRole.Button, new() { Name = "Remove rule" }).ClickAsync();
        var removed = admin.Locator("ol li.gone", new() { HasText = "Entering Purchase" });
        await Expect(removed.Locator("del").First).ToBeVisibleAsync();
        await Axe.NoViolations(admin);
        await removed.GetByRole(AriaRole.Button, new() { Name = "Put back" }).ClickAsync();
        await Expect(removed).ToHaveCountAsync(0);
        await Expect(Rule(admin, "Entering Purchase")).ToBeVisibleAsync();
        await Expect(admin.GetByLabel("Lost in Decision → Decision: Allowed")).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }
}
