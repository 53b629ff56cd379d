using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Rules;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>What others do between two gestures on the board.</summary>
public sealed class RemoteChangeTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Keep the new value", 700)]
    [InlineData("Restore the old value", null)]
    public async Task Undo_asks_about_a_field_that_somebody_changed_since_and_does_as_it_is_told(string choice, int? amount)
    {
        var board = await BoardPage.Open(app, Stage.Consideration);
        var dialog = board.Page.GetByRole(AriaRole.Dialog);
        await board.Drag(Stage.Decision);
        await dialog.GetByLabel("Amount").FillAsync("500");
        await dialog.GetByLabel("Expected close").FillAsync("2031-05-06");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();
        await Expect(board.CardIn(Stage.Decision)).ToBeVisibleAsync();
        await board.Send(new UpdateDeal.Command(board.Deal.Id, 2, new MoveFields { Amount = 700m }));

        await board.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Axe.NoViolations(board.Page);
        await Expect(dialog.GetByLabel("Expected close")).ToHaveCountAsync(0);
        await dialog.GetByLabel("Amount").SelectOptionAsync(new SelectOptionValue { Label = choice });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var now = await board.Now();
        Assert.Equal((Stage.Consideration, amount, null), (now.Stage, (int?)now.Amount, now.ExpectedClose));
    }

    [Fact]
    public async Task A_drop_on_a_stage_that_a_rule_has_just_closed_is_refused_with_the_reason_and_the_card_goes_back()
    {
        var board = await BoardPage.Open(app);
        await board.Lift();
        await Expect(board.Column(Stage.Consideration)).ToHaveAttributeAsync("data-verdict", "allowed");
        await Close(MoveKind.Advance, Place.Awareness);
        await board.Drop(Stage.Consideration);
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("The rules do not allow this step");
        await board.Page.Keyboard.PressAsync("Escape");
        await Expect(board.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();
        Assert.Equal((Stage.Awareness, 1L), ((await board.Now()).Stage, (await board.Now()).Version));

        await board.Lift();
        await Expect(board.Column(Stage.Consideration)).ToHaveAttributeAsync("data-verdict", "refused");
    }

    private async Task Close(MoveKind kind, Place from)
    {
        var draft = await app.Door.Send(new GetRules.Query(Draft: true), Caller.Console, Ct);
        var rules = draft.Value!.Rules;
        rules = rules with { Moves = [.. rules.Moves.Where(row => row.Kind != kind || row.From != from)] };
        Assert.True((await app.Door.Send(new SaveRuleDraft.Command(RuleSetJson.Write(rules), draft.Value.Etag), Caller.Console, Ct)).Ok);
        Assert.True((await app.Door.Send(new PublishRules.Command("Closed"), Caller.Console, Ct)).Ok);
    }
}
