using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Forms;

/// <summary>What was typed and not saved: it comes back to its writer, and to nobody else.</summary>
public sealed partial class DraftTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private const string Typed = "Brightwater Foundry";

    [Fact]
    public async Task What_was_typed_is_back_after_a_reload_even_in_a_field_that_was_not_left_yet()
    {
        var page = await TypedInto(await app.SignedInPage(Role.Rep));
        await Dialog(page).GetByLabel("Type").SelectOptionAsync("person");
        await Dialog(page).GetByLabel("Phone").PressSequentiallyAsync("+49 30 12");
        await page.OpenAgain();

        await OpenNewCustomer(page);
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(Typed);
        await Expect(Dialog(page).GetByLabel("Phone")).ToHaveValueAsync("+49 30 12");
        await Expect(Dialog(page).GetByLabel("Type")).ToHaveValueAsync("person");
        await Expect(Dialog(page).GetByRole(AriaRole.Status)).ToHaveTextAsync(RestoredLine());
        await Axe.NoViolations(page);

        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h2 bdi").First).ToHaveTextAsync(Typed);
        await Expect(page.Locator("main")).ToContainTextAsync("+49 30 12");
        Assert.Empty(app.Trouble);
    }

    [Fact]
    public async Task Discard_brings_back_what_stood_there_and_keeps_nothing()
    {
        var (page, customer, _) = await EditedCustomer();
        await page.OpenAgain();
        await OpenEdit(page);
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(Typed);
        await Dialog(page).GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(customer.Name);
        await Expect(Dialog(page).GetByRole(AriaRole.Status)).ToBeHiddenAsync();
        await page.OpenAgain();
        await OpenEdit(page);
        await ExpectNothingRestored(page, customer.Name);
    }

    [Theory]
    [InlineData("Save")]
    [InlineData("Cancel")]
    [InlineData("Close")]
    [InlineData("Escape")]
    public async Task Saved_or_given_up_it_is_gone(string how)
    {
        // Like no other customer of these tests, which would be asked about.
        var page = await TypedInto(await app.SignedInPage(Role.Rep), $"{Guid.NewGuid():N}");
        if (how == "Escape")
        {
            await page.Keyboard.PressAsync("Escape");
        }
        else
        {
            await Dialog(page).GetByRole(AriaRole.Button, new() { Name = how, Exact = true }).ClickAsync();
        }

        await Expect(Dialog(page)).ToHaveCountAsync(0);
        await page.Open("/customers");
        await OpenNewCustomer(page);
        await ExpectNothingRestored(page, "");
    }

    [Fact]
    public async Task A_sign_out_ends_it_in_its_own_tab()
    {
        var (page, email) = await SignedIn();
        await TypedInto(page);
        await Kept(page);
        await page.Open("/sign-out");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await SignIn(page, email);
        await page.Open("/customers");
        await OpenNewCustomer(page);
        await ExpectNothingRestored(page, "");
    }

    [Fact]
    public async Task Another_user_in_the_same_tab_neither_sees_nor_keeps_it()
    {
        var (page, email) = await SignedIn();
        await TypedInto(page);
        await Kept(page);
        await page.Context.ClearCookiesAsync();
        var (_, another) = await Seed.User(app.Services, Role.Rep, null);
        await page.Open("/sign-in");
        await SignIn(page, another);
        await page.Open("/customers");
        await OpenNewCustomer(page);
        await ExpectNothingRestored(page, "");
        Assert.DoesNotContain(Typed, await Storage(page), StringComparison.Ordinal);

        await page.Context.ClearCookiesAsync();
        await page.Open("/sign-in");
        await SignIn(page, email);
        await page.Open("/customers");
        await OpenNewCustomer(page);
        await ExpectNothingRestored(page, "");
    }

    [Fact]
    public async Task What_is_typed_without_a_connection_is_back_after_the_reload()
    {
        var page = await app.SignedInPage(Role.Rep);
        await page.Open("/customers");
        await OpenNewCustomer(page);
        await page.EvaluateAsync("Blazor.disconnect()");
        await Dialog(page).GetByLabel("Name").FillAsync(Typed);
        await page.OpenAgain();
        await OpenNewCustomer(page);
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(Typed);
    }

    [Fact]
    public async Task After_an_expired_sign_in_the_way_leads_back_to_it()
    {
        var (page, email) = await SignedIn();
        await TypedInto(page);
        await page.Context.ClearCookiesAsync();
        await page.OpenAgain();
        await SignIn(page, email);
        await page.IsAt("**/customers");
        await OpenNewCustomer(page);
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(Typed);
        await Expect(Dialog(page).GetByRole(AriaRole.Status)).ToHaveTextAsync(RestoredLine());
    }

    [Fact]
    public async Task What_somebody_else_changed_meanwhile_is_named_and_nothing_is_overwritten_in_silence()
    {
        var (page, customer, me) = await EditedCustomer();
        await Kept(page);
        var changed = await app.Door.Send(new UpdateCustomer.Command(customer.Id, customer.Version, new CustomerFields
        {
            Name =
            "Brightwater Casting",
            Phone = "12345"
        }), new Caller(me, Channel.Page), TestContext.Current.CancellationToken);
        Assert.True(changed.Ok);
        await page.OpenAgain();
        await OpenEdit(page);
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(Typed);
        await Expect(Dialog(page).GetByLabel("Phone")).ToHaveValueAsync("12345");
        await Expect(Dialog(page).GetByRole(AriaRole.Status)).ToContainTextAsync("Changed by somebody since then: Name.");
    }

    [Fact]
    public async Task The_line_speaks_Chinese()
    {
        var page = await app.SignedInPage(Role.Admin, language: "zh-CN", width: 390, dark: true);
        await page.Open("/products");
        await page.GetByRole(AriaRole.Button, new() { Name = "新建产品" }).First.ClickAsync();
        await Watched(page);
        await Dialog(page).GetByLabel("名称").FillAsync("智能电表");
        await page.OpenAgain();
        await page.GetByRole(AriaRole.Button, new() { Name = "新建产品" }).First.ClickAsync();
        await Expect(Dialog(page).GetByLabel("名称")).ToHaveValueAsync("智能电表");
        await Expect(Dialog(page).GetByRole(AriaRole.Status)).ToHaveTextAsync(ChineseLine());
        await Axe.NoViolations(page);
    }

    [GeneratedRegex("^Edit( Draft)?$")]
    private static partial Regex EditButton();

    [GeneratedRegex("^Restored what you typed at [0-2][0-9]:[0-5][0-9] · Discard$")]
    private static partial Regex RestoredLine();

    [GeneratedRegex("^已恢复 [0-2][0-9]:[0-5][0-9] 输入的内容 · 放弃$")]
    private static partial Regex ChineseLine();

    private static ILocator Dialog(IPage page) => page.GetByRole(AriaRole.Dialog);

    private static async Task OpenNewCustomer(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "New customer" }).First.ClickAsync();
        await Expect(Dialog(page).GetByLabel("Name")).ToBeFocusedAsync();
        await Watched(page);
    }

    private static async Task OpenEdit(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { NameRegex = EditButton() }).ClickAsync();
        await Expect(Dialog(page).GetByLabel("Name")).ToBeVisibleAsync();
        await Watched(page);
    }

    private static async Task<IPage> TypedInto(IPage page, string name = Typed)
    {
        await page.Open("/customers");
        await OpenNewCustomer(page);
        await Dialog(page).GetByLabel("Name").FillAsync(name);
        return page;
    }

    /// <summary>The pause after typing is over, and the browser holds what was typed.</summary>
    private static async Task Kept(IPage page) =>
        await page.WaitForFunctionAsync("typed => JSON.stringify({ ...sessionStorage }).includes(typed)", Typed);

    private static Task<string> Storage(IPage page) => page.EvaluateAsync<string>("JSON.stringify({ ...sessionStorage, ...localStorage })");

    /// <summary>A draft would be there by now: it is put back before the form says that it is watched.</summary>
    private static async Task Watched(IPage page) =>
        await page.Locator("[data-watched]").WaitForAsync(new() { State = WaitForSelectorState.Attached });

    private static async Task ExpectNothingRestored(IPage page, string name)
    {
        await Expect(Dialog(page).GetByLabel("Name")).ToHaveValueAsync(name);
        await Expect(Dialog(page)).Not.ToContainTextAsync("Restored");
    }

    private async Task<(IPage Page, string Email)> SignedIn()
    {
        await Seed.SetUp(app.Services);
        var (_, email) = await Seed.User(app.Services, Role.Rep, null);
        var page = await app.NewPage();
        await page.Open("/sign-in");
        await SignIn(page, email);
        return (page, email);
    }

    private static async Task SignIn(IPage page, string email)
    {
        await page.FillAsync("input[name=Email]", email);
        await page.FillAsync("input[name=Password]", Seed.Password);
        await page.PressAsync("input[name=Password]", "Enter");
        await page.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal),
            new() { WaitUntil = WaitUntilState.DOMContentLoaded });
    }

    /// <summary>A customer whose name somebody is changing on its page.</summary>
    private async Task<(IPage Page, CustomerView Customer, UserId Me)> EditedCustomer()
    {
        await Seed.SetUp(app.Services);
        var (me, email) = await Seed.User(app.Services, Role.Rep, null);
        var customer = (await app.Door.Send(new CreateCustomer.Command("Brightwater"), new Caller(me, Channel.Page),
            TestContext.Current.CancellationToken)).Value!;
        var page = await app.NewPage();
        await page.Open("/sign-in");
        await SignIn(page, email);
        await page.Open($"/customers/{customer.Id}");
        await OpenEdit(page);
        await Dialog(page).GetByLabel("Name").FillAsync(Typed);
        return (page, customer, me);
    }
}
