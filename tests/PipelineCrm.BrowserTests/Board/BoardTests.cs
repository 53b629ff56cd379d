using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>The board under real hands: a pointer that presses, follows and lets go.</summary>
public sealed class BoardTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_card_follows_the_pointer_without_a_jump_and_escape_puts_it_back()
    {
        var (page, _, deal) = await BoardWith(Stage.Awareness);
        var box = await Lift(page, deal);
        var ghost = (await page.Locator("[data-ghost]").BoundingBoxAsync())!;
        Assert.Equal(box.X + (box.Width / 2) + 12, ghost.X + (ghost.Width / 2), 1.0);
        Assert.Equal(box.Y + (box.Height / 2) + 12, ghost.Y + (ghost.Height / 2), 1.0);

        await Assertions.Expect(Column(page, Stage.Consideration)).ToHaveAttributeAsync("data-verdict", "allowed");
        await Assertions.Expect(Column(page, Stage.Purchase)).ToHaveAttributeAsync("data-verdict", "refused");
        await Assertions.Expect(page.Locator("[data-stage=lost]")).ToHaveAttributeAsync("data-verdict", "needsFields");

        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("[data-ghost]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-verdict]")).ToHaveCountAsync(0);
        await page.Mouse.UpAsync();
        await Assertions.Expect(Card(page, Stage.Awareness, deal)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_drop_moves_the_deal_and_undo_takes_it_back()
    {
        var (page, me, deal) = await BoardWith(Stage.Awareness);
        await Drag(page, deal, Column(page, Stage.Consideration));
        await Assertions.Expect(Card(page, Stage.Consideration, deal)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync();
        Assert.Equal(Stage.Consideration, (await Now(deal, me)).Stage);

        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(Card(page, Stage.Awareness, deal)).ToBeVisibleAsync();
        Assert.Equal(Stage.Awareness, (await Now(deal, me)).Stage);
    }

    [Fact]
    public async Task Missing_fields_are_asked_for_and_written_with_the_move()
    {
        var (page, me, deal) = await BoardWith(Stage.Consideration);
        await Drag(page, deal, Column(page, Stage.Decision));
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Amount").FillAsync("1.234,56");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();
        await Assertions.Expect(dialog.Locator(".mistake").First).ToBeVisibleAsync();

        await dialog.GetByLabel("Amount").FillAsync("1,234.56");
        await dialog.GetByLabel("Expected close").FillAsync("2031-05-06");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save and move" }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
        await Assertions.Expect(Card(page, Stage.Decision, deal)).ToBeVisibleAsync();
        var now = await Now(deal, me);
        Assert.Equal((Stage.Decision, 1234.56m, new DateOnly(2031, 5, 6), deal.Version + 1),
            (now.Stage, now.Amount, now.ExpectedClose, now.Version));
    }

    [Fact]
    public async Task A_cancelled_dialog_puts_the_card_back_and_changes_nothing()
    {
        var (page, me, deal) = await BoardWith(Stage.Consideration);
        await Drag(page, deal, page.Locator("[data-stage=lost]"));
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(Card(page, Stage.Consideration, deal)).ToBeVisibleAsync();
        Assert.Equal(deal.Version, (await Now(deal, me)).Version);
    }

    [Fact]
    public async Task A_refused_move_says_why_and_the_card_goes_back()
    {
        var (page, me, deal) = await BoardWith(Stage.Awareness);
        await Drag(page, deal, Column(page, Stage.Purchase));
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog))
            .ToContainTextAsync("The rules do not allow skipping stages. Move to Consideration first.");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(Card(page, Stage.Awareness, deal)).ToBeVisibleAsync();
        Assert.Equal(Stage.Awareness, (await Now(deal, me)).Stage);
    }

    [Fact]
    public async Task A_move_of_somebody_else_during_the_drag_is_settled_by_the_person()
    {
        var (page, me, deal) = await BoardWith(Stage.Awareness);
        await Lift(page, deal);
        await Assertions.Expect(Column(page, Stage.Consideration)).ToHaveAttributeAsync("data-verdict", "allowed");
        await Ok(Wish(deal, MoveKind.Lose) with { Reason = new MoveReason("price", null) }, me);
        await Drop(page, Column(page, Stage.Consideration));
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Keep theirs" }).ClickAsync();
        await Assertions.Expect(page.Locator($"[data-deal='{deal.Id}']")).ToHaveCountAsync(0);
        Assert.Equal(Outcome.Lost, (await Now(deal, me)).Outcome);
    }

    [Fact]
    public async Task The_keyboard_reaches_every_move()
    {
        var (page, me, deal) = await BoardWith(Stage.Awareness);
        await Card(page, Stage.Awareness, deal).FocusAsync();
        await page.Keyboard.PressAsync("m");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Consideration" }).ClickAsync();
        await Assertions.Expect(Card(page, Stage.Consideration, deal)).ToBeVisibleAsync();
        Assert.Equal(Stage.Consideration, (await Now(deal, me)).Stage);
    }

    [Theory]
    [InlineData("en", false, "Undo")]
    [InlineData("zh-CN", true, "撤销")]
    public async Task The_board_is_accessible_in_both_languages_and_themes(string language, bool dark, string undo)
    {
        var (page, _, deal) = await BoardWith(Stage.Awareness, language, dark);
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", language);
        await Axe.NoViolations(page);
        await Drag(page, deal, Column(page, Stage.Consideration));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = undo })).ToBeVisibleAsync();
        Assert.Empty(app.Trouble);
    }

    /// <summary>The board of a new rep with one deal.</summary>
    private async Task<(IPage Page, UserId Me, DealView Deal)> BoardWith(Stage stage, string language = "en", bool dark = false)
    {
        await Seed.SetUp(app.Services);
        var (me, email) = await Seed.User(app.Services, Role.Rep, null, language);
        var customer = await Ok(new CreateCustomer.Command("Example Works"), me);
        var deal = await Ok(new CreateDeal.Command(customer.Id, "Plant-wide metering", Stage: stage), me);
        var page = await app.NewPage(language, dark: dark);
        await page.Open("/sign-in");
        await page.FillAsync("input[name=Email]", email);
        await page.FillAsync("input[name=Password]", Seed.Password);
        await page.PressAsync("input[name=Password]", "Enter");
        await Assertions.Expect(Card(page, stage, deal)).ToBeVisibleAsync();
        await page.Locator("[data-ready]").WaitForAsync();
        return (page, me, deal);
    }

    private static ILocator Column(IPage page, Stage stage) => page.Locator($"[data-stage={stage.ToWire()}]");

    private static ILocator Card(IPage page, Stage stage,
        DealView deal) => Column(page, stage).Locator($"[data-deal='{deal.Id}']:not([data-pending])");

    private static async Task<LocatorBoundingBoxResult> Lift(IPage page, DealView deal)
    {
        var box = (await page.Locator($"[data-deal='{deal.Id}']").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 40, box.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 52, box.Y + 32, new() { Steps = 4 });
        await Assertions.Expect(page.Locator("[data-ghost]")).ToBeVisibleAsync();
        return box;
    }

    private static async Task Drop(IPage page, ILocator column)
    {
        var box = (await column.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 200, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    private static async Task Drag(IPage page, DealView deal, ILocator column)
    {
        await Lift(page, deal);
        await Drop(page, column);
    }

    private static MoveDeal.Command Wish(DealView deal, MoveKind kind) =>
        new(deal.Id, kind, null, deal.Version, MoveFields.None, null, null, null, Guid.NewGuid().ToString());

    private Task<DealView> Now(DealView deal, UserId me) => Ok(new GetDeal.Query(deal.Id), me);

    private async Task<T> Ok<T>(IRequest<T> request, UserId me)
    {
        var result = await app.Door.Send(request, new Caller(me, Channel.Page), Ct);
        return result.Ok ? result.Value : throw new InvalidOperationException(result.Problem.Message);
    }
}
