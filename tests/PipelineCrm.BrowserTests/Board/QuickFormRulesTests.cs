using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>A rule on the stage that a deal is opened in.</summary>
public sealed class QuickFormRulesTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_quick_form_shows_the_fields_that_a_rule_asks_for()
    {
        var board = await BoardPage.Open(app);
        await Demand(FieldKey.Source, FieldKey.Amount);
        await board.Page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "New deal in Awareness" }).ClickAsync();
        var form = board.Page.Locator("form.quick");
        await form.Locator("input[name=title]").FillAsync("Loom sensors");
        await form.Locator("input[name=customer]").FillAsync("Example Works");
        await board.Page.Keyboard.PressAsync("Enter");
        await Expect(form.Locator("select[name=source]")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(form.Locator(".mistake")).ToHaveTextAsync(["Say what and where from.", "Say what and where from."]);
        await Expect(form.Locator("input[name=amount]")).ToBeFocusedAsync();
        await Axe.NoViolations(board.Page);
        await form.Locator("input[name=amount]").FillAsync("300");
        await form.Locator("select[name=source]").SelectOptionAsync("website");
        await form.Locator("[type=submit]").ClickAsync();
        await Expect(board.Page.Locator("[data-deal]")).ToHaveCountAsync(2);
        await Expect(form.Locator("select[name=source]")).ToBeVisibleAsync();
        await Expect(form.Locator("select[name=source]")).ToHaveValueAsync("");
        Assert.Empty(app.Trouble);
    }

    private async Task Demand(params string[] fields)
    {
        Requirement demand = new(
            "asked", [.. fields.Select(field => new Condition(field, Operator.Filled))], null, RequirementMode.Block,
            new Dictionary<string, string> { ["en"] = "Say what and where from.", ["zh-CN"] = "请说明。" }, []);
        var draft = (await app.Door.Send(new GetRules.Query(Draft: true), Caller.Console, Ct)).Value!;
        Assert.True((await app.Door.Send(new SaveRuleDraft.Command(
            RuleSetJson.Write(draft.Rules.Put(RuleScope.Enter(Stage.Awareness), demand)), draft.Etag), Caller.Console, Ct)).Ok);
        Assert.True((await app.Door.Send(new PublishRules.Command("For the test"), Caller.Console, Ct)).Ok);
    }
}
