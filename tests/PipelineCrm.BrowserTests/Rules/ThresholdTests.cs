using System.Text.Json;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Rules;

/// <summary>A rule that wants more of a field than that it is filled in.</summary>
public sealed class ThresholdTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string AmountMessage = "Large deals only.";
    private const string AmountMessageZh = "仅限大额商机。";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("en", "Amount", "Expected close", "Save and move", "Wanted: at least $5,000",
        "Wanted: at least $5,000. Found: $100. " + AmountMessage, "2 fields are missing", "1 field is missing", "Waiting for 1 field")]
    [InlineData("zh-CN", "金额", "预计成交日", "保存并流转", "要求：至少 US$5,000", "要求：至少 US$5,000；当前值：US$100。" + AmountMessageZh, "还差 2 项", "还差 1 项",
        "还差 1 项")]
    public async Task A_value_that_misses_what_is_wanted_is_told_at_its_field_and_stays(
        string language, string amountLabel, string closeLabel, string save, string hint, string told, string twoMissing, string oneMissing,
        string waiting)
    {
        var board = await BoardPage.Open(app, Stage.Consideration, language: language);
        await Demand(RuleScope.Enter(Stage.Decision), "large", FieldKey.Amount, Operator.Gte, 5000, AmountMessage, AmountMessageZh);
        await board.Drag(Stage.Decision);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        var (amount, close) = (dialog.GetByLabel(amountLabel), dialog.GetByLabel(closeLabel));
        await Expect(dialog.Locator(".hint")).ToHaveTextAsync([hint]);
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToContainTextAsync(twoMissing);
        await Expect(dialog.Locator(".mistake")).ToHaveCountAsync(0);

        await amount.FillAsync("100");
        await close.FillAsync("2031-05-06");
        await dialog.GetByRole(AriaRole.Button, new() { Name = save }).ClickAsync();
        await Expect(dialog.Locator(".mistake")).ToHaveTextAsync([told]);
        await Expect(amount).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(amount).ToBeFocusedAsync();
        await Expect(close).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(dialog.GetByRole(AriaRole.Heading)).ToContainTextAsync(oneMissing);
        await Expect(board.Page.Locator(".waits")).ToHaveTextAsync(waiting);
        await Expect(amount).ToHaveValueAsync("100.00");
        await Expect(close).ToHaveValueAsync("2031-05-06");
        await Axe.NoViolations(board.Page);

        await amount.FillAsync("5,000");
        await amount.PressAsync("Enter");
        await Expect(board.CardIn(Stage.Decision)).ToBeVisibleAsync();
        var now = await board.Now();
        Assert.Equal((Stage.Decision, 5000m, new DateOnly(2031, 5, 6)), (now.Stage, now.Amount, now.ExpectedClose));
    }

    [Fact]
    public async Task A_field_that_a_new_rule_asks_for_meanwhile_appears_with_the_reason_and_the_focus()
    {
        var board = await BoardPage.Open(app);
        await Demand(RuleScope.Leave(Stage.Awareness), "known", FieldKey.Source, Operator.Filled, null, "Choose a source.", "请选择来源。");
        await board.Drag(Stage.Consideration);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Title")).ToHaveCountAsync(0);
        await Demand(RuleScope.Leave(Stage.Awareness), "named", FieldKey.Title, Operator.StartsWith, "PO", "Begin with the order.",
            "请以订单号开头。");
        await dialog.GetByLabel("Source").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();

        await Expect(dialog.Locator(".mistake"))
            .ToHaveTextAsync([$"Wanted: starts with PO. Found: {board.Deal.Title}. Begin with the order."]);
        await Expect(dialog.GetByLabel("Title")).ToBeFocusedAsync();
        await Expect(dialog.GetByLabel("Title")).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(dialog.GetByLabel("Source")).Not.ToHaveValueAsync("");
        await dialog.GetByLabel("Title").FillAsync("PO 17");
        await dialog.GetByLabel("Title").PressAsync("Enter");
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        Assert.Equal("PO 17", (await board.Now()).Title);
    }

    /// <summary>One rule more, in force at once.</summary>
    private async Task Demand(RuleScope place, string key, string field, string op, object? value, string en, string zh)
    {
        var wanted = value is null ? (JsonElement?)null : JsonSerializer.SerializeToElement(value);
        Requirement rule = new(key, [new Condition(field, op, wanted)], null, RequirementMode.Block,
            new Dictionary<string, string> { ["en"] = en, ["zh-CN"] = zh }, []);
        var draft = await app.Door.Send(new GetRules.Query(Draft: true), Caller.Console, Ct);
        var rules = draft.Value!.Rules.Put(place, rule);
        Assert.True((await app.Door.Send(new SaveRuleDraft.Command(RuleSetJson.Write(rules), draft.Value.Etag), Caller.Console, Ct)).Ok);
        if (rules.Rules().Count != (await app.Door.Send(new GetRules.Query(), Caller.Console, Ct)).Value!.Rules.Rules().Count)
        {
            Assert.True((await app.Door.Send(new PublishRules.Command("More"), Caller.Console, Ct)).Ok);
        }
    }
}
