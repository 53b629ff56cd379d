using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Npgsql;
using PipelineCrm.BrowserTests.Board;
using PipelineCrm.BrowserTests.Fixtures;
using PipelineCrm.Domain;
using static Microsoft.Playwright.Assertions;

namespace PipelineCrm.BrowserTests.Outages;

/// <summary>The server finds no room on its disk: programs, pages and whoever watches over it are told so, and it goes on once there is
/// room.</summary>
public sealed class StorageFullTests(BrowserApp app) : IClassFixture<BrowserApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_told_by_API_page_and_readiness()
    {
        var board = await BoardPage.Open(app);
        using var rep = await ApiClient.New(app, Role.Rep);
        var deal = await rep.NewDeal();
        using var client = new HttpClient { BaseAddress = new(app.Address) };
        await AsOwner("""
            create function no_room() returns trigger language plpgsql as $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
            create trigger no_room before insert or update on deals for each statement execute function no_room();
            """);
        (await rep.Move(deal, """{"kind":"advance","version":VERSION}""", "kept")).IsProblem(HttpStatusCode.ServiceUnavailable,
            "storage-full");
        using (var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            using var body = JsonDocument.Parse(await ready.Content.ReadAsStringAsync(Ct));
            Assert.Equal(
                ("unready", "full", "The database has no room left on its disk."),
                (Text(body, "status"), Text(body, "database"), Text(body, "reason")));
        }

        await board.Drag(Stage.Consideration);
        await Expect(board.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "There is no room left on the database's disk." }))
            .ToBeVisibleAsync();
        await Expect(board.CardIn(Stage.Awareness)).ToBeVisibleAsync();

        await AsOwner("drop function no_room() cascade");
        await board.Drag(Stage.Consideration);
        await Expect(board.CardIn(Stage.Consideration)).ToBeVisibleAsync();
        (await rep.Move(deal, """{"kind":"advance","version":VERSION}""", "kept")).Is(HttpStatusCode.OK);
    }

    private static string? Text(JsonDocument body, string name) => body.RootElement.GetProperty(name).GetString();

    private async Task AsOwner(string sql)
    {
        await using var connection = new NpgsqlConnection(app.Connections.Owner);
        await connection.OpenAsync(Ct);
#pragma warning disable CA2100 // Constant texts of this test.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Ct);
    }
}
