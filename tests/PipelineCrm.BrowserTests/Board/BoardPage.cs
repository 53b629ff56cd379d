using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Board;

/// <summary>A new rep's board with one deal, and a hand on it.</summary>
internal sealed class BoardPage
{
    private readonly BrowserApp _app;

    private BoardPage(BrowserApp app, IPage page, UserId me, DealView deal) => (_app, Page, Me, Deal) = (app, page, me, deal);

    public IPage Page { get; }

    public UserId Me { get; }

    public DealView Deal { get; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<BoardPage> Open(BrowserApp app, Stage stage = Stage.Awareness, TeamId? team = null,
        string title = "Plant-wide metering", int width = 1440, string language = "en")
    {
        await Seed.SetUp(app.Services);
        var (me, email) = await Seed.User(app.Services, Role.Rep, team, language);
        var customer = await Send(app, new CreateCustomer.Command("Example Works"), me);
        var deal = await Send(app, new CreateDeal.Command(customer.Id, title, Stage: stage), me);
        var board = new BoardPage(app, await app.NewPage(language, width), me, deal);
        await board.SignIn(email);
        await Assertions.Expect(board.CardIn(stage)).ToBeVisibleAsync();
        await board.Page.Locator("[data-ready]").WaitForAsync();
        return board;
    }

    /// <summary>The same deal on the board of a colleague.</summary>
    public async Task<BoardPage> Of(Role role, TeamId? team)
    {
        var (colleague, email) = await Seed.User(_app.Services, role, team);
        var board = new BoardPage(_app, await _app.NewPage(), colleague, Deal);
        await board.SignIn(email);
        if (role == Role.Rep)
        {
            // A rep starts on their own deals.
            await board.Page.Open("/?owner=all");
        }

        await Assertions.Expect(Card(board.Page, Deal)).ToBeVisibleAsync();
        await board.Page.Locator("[data-ready]").WaitForAsync();
        return board;
    }

    public ILocator Column(Stage stage) => Page.Locator($"[data-stage={stage.ToWire()}]");

    /// <summary>The card, confirmed to lie there.</summary>
    public ILocator CardIn(Stage stage) => Column(stage).Locator($"[data-deal='{Deal.Id}']:not([data-pending])");

    /// <summary>More of the rep's deals, above the first one.</summary>
    public async Task<List<DealView>> More(int count, Stage stage = Stage.Awareness)
    {
        var deals = new List<DealView>();
        foreach (var number in Enumerable.Range(1, count))
        {
            deals.Add(await Send(new CreateDeal.Command(Deal.CustomerId, $"Deal {number}", Stage: stage)));
        }

        return deals;
    }

    public async Task Reload()
    {
        await Page.OpenAgain();
        await Page.Locator("[data-ready]").WaitForAsync();
        await Assertions.Expect(Page.Locator(".board-page .board")).ToBeVisibleAsync();
    }

    public async Task Lift()
    {
        var box = (await Card(Page, Deal).BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + 40, box.Y + 20);
        await Page.Mouse.DownAsync();
        await Page.Mouse.MoveAsync(box.X + 52, box.Y + 32, new() { Steps = 4 });
        await Assertions.Expect(Page.Locator("[data-ghost]")).ToBeVisibleAsync();
    }

    public async Task Drop(Stage stage)
    {
        var box = (await Column(stage).BoundingBoxAsync())!;
        await Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 200, new() { Steps = 8 });
        await Page.Mouse.UpAsync();
    }

    public async Task Drag(Stage stage)
    {
        await Lift();
        await Drop(stage);
    }

    private static ILocator Card(IPage page, DealView deal) => page.Locator($"[data-deal='{deal.Id}']");

    private async Task SignIn(string email)
    {
        await Page.Open("/sign-in");
        await Page.FillAsync("input[name=Email]", email);
        await Page.FillAsync("input[name=Password]", Seed.Password);
        await Page.PressAsync("input[name=Password]", "Enter");
        await Page.Locator("[data-ready]").WaitForAsync();
    }

    public Task<DealView> Now() => Send(new GetDeal.Query(Deal.Id));

    public Task<T> Send<T>(IRequest<T> request) => Send(_app, request, Me);

    private static async Task<T> Send<T>(BrowserApp app, IRequest<T> request, UserId me)
    {
        var result = await app.Door.Send(request, new Caller(me, Channel.Page), Ct);
        return result.Ok ? result.Value : throw new InvalidOperationException(result.Problem.Message);
    }
}
