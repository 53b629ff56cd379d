using System.Globalization;
using Microsoft.Playwright;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.BrowserTests.Lists;

/// <summary>The list of a new rep, with deals of their own and no others.</summary>
internal static class ListScene
{
    public static async Task<(IPage Page, IReadOnlyList<DealView> Deals)> RepList(this BrowserApp app, int count, CancellationToken ct)
    {
        var page = await app.SignedInPage(Role.Rep);
        var owner = new UserId(await NewestUser(app, ct));
        var customer = await app.Ok(new CreateCustomer.Command("Greywether Works"), owner, ct);
        var deals = new List<DealView>();
        for (var i = 0; i < count; i++)
        {
            deals.Add(await app.Ok(new CreateDeal.Command(customer.Id, string.Create(CultureInfo.InvariantCulture, $"Deal {i}"), 100m * i,
                "USD"), owner, ct));
        }

        await page.Open("/deals");
        await page.Locator("[data-figures]").WaitForAsync();
        return (page, deals);
    }

    public static ILocator Names(this IPage page) => page.Locator("tbody .name");

    public static async Task<T> Ok<T>(this BrowserApp app, IRequest<T> request, UserId by, CancellationToken ct)
    {
        var result = await app.Door.Send(request, new Caller(by, Channel.Page), ct);
        Assert.True(result.Ok, result.Problem?.Message);
        return result.Value;
    }

    private static async Task<Guid> NewestUser(BrowserApp app, CancellationToken ct)
    {
        await using var connection = new Npgsql.NpgsqlConnection(app.Connections.Owner);
        await connection.OpenAsync(ct);
        await using var command = new Npgsql.NpgsqlCommand("select id from users order by created_at desc, id desc limit 1", connection);
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }
}
