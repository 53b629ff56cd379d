using System.Globalization;
using Microsoft.Playwright;
using PipelineCrm.Benchmarks.Pages;

namespace PipelineCrm.Benchmarks.Parts;

/// <summary>
/// The board against its budget, with the published product in a process of its own and a rep before it in Chromium: what its styles and
/// scripts weigh, what an open board costs the server, what a move sends, and when the first cards are seen far from the server.
/// </summary>
internal static class PagesPart
{
    private const int HeapSteps = 9;
    private const int BoardsPerStep = 4;
    private const int Moves = 24;
    private const int Loads = 7;
    private const int Largest = 6;

    private const double AssetsLimit = 250 * 1024;
    private const double HeapLimit = 0.8 * 1024 * 1024;
    private const double MoveLimit = 2 * 1024;

    private static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(150);

    /// <summary>A record that is not there: what every circuit costs without a board.</summary>
    private const string EmptyPage = "/customers/00000000-0000-0000-0000-000000000000";

    /// <summary>A text without styles, scripts or reads: what the browser and the machine take before they draw anything.</summary>
    private const string PlainText = "/js/quiet-keys.js";

    /// <summary>The first frame in which a card of the board, or a plain text, has a size: no frame is drawn while style sheets are on
    /// their way.</summary>
    private const string WatchFirstFrame = """
        const look = () => {
            if (document.querySelector('[data-deal], body > pre')?.getBoundingClientRect().height > 0) {
                requestAnimationFrame(() => document.documentElement.dataset.firstFrame = performance.now());
            } else {
                requestAnimationFrame(look);
            }
        };
        requestAnimationFrame(look);
        """;

    public static async Task Run(BenchmarkHost site)
    {
        await using var server = await WebServer.Start(site, ("Serilog__MinimumLevel__Default", "Error"));
        await using var browser = await BoardBrowser.SignIn(site, DataGenerator.Id('e', 3), server.Address);
        await Assets(browser, server);
        await Heap(browser, server);
        await BytesPerMove(browser, server);
        await FirstCards(browser, server);
    }

    /// <summary>What an empty cache asks for until the board answers the pointer; each asked for again, once in either encoding.</summary>
    private static async Task Assets(BoardBrowser browser, WebServer server)
    {
        var page = await browser.NewPage(server.Address);
        var urls = new HashSet<string>();
        page.Request += (_, request) =>
        {
            if (request.ResourceType is "stylesheet" or "script")
            {
                urls.Add(request.Url);
            }
        };
        await BoardBrowser.Open(page);
        await page.Context.CloseAsync();
        var (gzip, brotli) = (await Transferred("gzip"), await Transferred("br"));
        Against("css and js, gzip", gzip.Sum(file => file.Bytes), AssetsLimit);
        TablePrinter.Line("pages", "css and js, brotli", Size(brotli.Sum(file => file.Bytes)));
        Console.WriteLine($"         {gzip.Count} files, gzip: {string.Join(", ",
            gzip.OrderByDescending(file => file.Bytes).Take(Largest).Select(file => $"{file.Name} {Size(file.Bytes)}"))}");

        async Task<List<(string Name, int Bytes)>> Transferred(string encoding)
        {
            using var http = new HttpClient();
            http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Encoding", encoding);
            var files = new List<(string, int)>();
            foreach (var url in urls)
            {
                files.Add((new Uri(url).Segments[^1], (await http.GetByteArrayAsync(url)).Length));
            }

            return files;
        }
    }

    /// <summary>
    /// Tabs of one browser: its connections besides their WebSockets are closed soon and are no board's. The median of what each few
    /// boards add: buffers that all share grow in jumps.
    /// </summary>
    private static async Task Heap(BoardBrowser browser, WebServer server)
    {
        var first = await browser.OpenBoard(server.Address);
        var cards = await first.Locator("[data-deal]").CountAsync();
        var (board, boardSet) = await PerPage("/");
        var (empty, emptySet) = await PerPage(EmptyPage);
        Against($"heap per open board of {cards} cards", board, HeapLimit);
        TablePrinter.Line("pages", "heap per open board / per empty page", Size(board), Size(empty), board / empty);
        TablePrinter.Line("pages", "working set per open board / per empty page", Size(boardSet), Size(emptySet), boardSet / emptySet);
        await first.Context.CloseAsync();

        async Task<(double Heap, double WorkingSet)> PerPage(string path)
        {
            var (heap, workingSet) = (new List<double>(), new List<double>());
            await OpenMore();
            for (var (step, before) = (0, await server.Memory()); step < HeapSteps; step++)
            {
                await OpenMore();
                var after = await server.Memory();
                heap.Add((double)(after.Heap - before.Heap) / BoardsPerStep);
                workingSet.Add((double)(after.WorkingSet - before.WorkingSet) / BoardsPerStep);
                before = after;
            }

            return (Median(heap), Median(workingSet));

            async Task OpenMore()
            {
                for (var opened = 0; opened < BoardsPerStep; opened++)
                {
                    await BoardBrowser.Open(await first.Context.NewPageAsync(), path);
                }
            }
        }
    }

    /// <summary>From the press on a card until the board shows the change that the move was published as.</summary>
    private static async Task BytesPerMove(BoardBrowser browser, WebServer server)
    {
        await using var link = new NetworkLink(server.Address, TimeSpan.Zero);
        var page = await browser.NewPage(link.Address);
        var frames = 0L;
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Interlocked.Add(ref frames, frame.Binary?.Length ?? 0);
        await BoardBrowser.Open(page);
        var (wire, payload) = (new List<double>(), new List<double>());
        await Advance(page);
        for (var move = 0; move < Moves; move++)
        {
            var (sent, unpacked) = (link.Received, Interlocked.Read(ref frames));
            await Advance(page);
            wire.Add(link.Received - sent);
            payload.Add(Interlocked.Read(ref frames) - unpacked);
        }

        Against("bytes per move, over the wire", Median(wire), MoveLimit);
        TablePrinter.Line("pages", "bytes per move, before compression", Size(Median(payload)));
        await page.Context.CloseAsync();
    }

    /// <summary>Drags the topmost card of the first column into the second.</summary>
    private static async Task Advance(IPage page)
    {
        var board = page.Locator(".board-page");
        var shown = await board.GetAttributeAsync("data-live");
        var card = page.Locator("[data-stage=awareness] [data-deal]").First;
        var id = await card.GetAttributeAsync("data-deal");
        var (from, to) = ((await card.BoundingBoxAsync())!, (await page.Locator("[data-stage=consideration]").BoundingBoxAsync())!);
        await page.Mouse.MoveAsync(from.X + 40, from.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + 52, from.Y + 32, new() { Steps = 4 });
        await page.Locator("[data-stage=consideration][data-verdict=allowed]").WaitForAsync();
        await page.Mouse.MoveAsync(to.X + (to.Width / 2), to.Y + 200, new() { Steps = 8 });
        await page.Mouse.UpAsync();
        await page.Locator($"[data-stage=consideration] [data-deal='{id}']:not([data-pending])").WaitForAsync();
        await page.Locator($".board-page:not([data-live='{shown}'])").WaitForAsync();
    }

    private static async Task FirstCards(BoardBrowser browser, WebServer server)
    {
        var (document, size) = await Document(browser, server);
        var limit = (2 * RoundTrip.TotalMilliseconds) + document;
        TablePrinter.Line("pages", "server time of the document", Milliseconds(document));
        TablePrinter.Line("pages", "the document, compressed", Size(size));
        await using (var near = new NetworkLink(server.Address, TimeSpan.Zero))
        {
            var (cards, plain) = (await FirstFrame(browser, near, "/", true, true), await FirstFrame(browser, near, PlainText, true, true));
            TablePrinter.Line("pages", "first cards without a delay, cached / a plain text", Milliseconds(cards), Milliseconds(plain), cards / plain);
        }

        await using var far = new NetworkLink(server.Address, RoundTrip);
        foreach (var (cached, connected) in new[] { (true, true), (true, false), (false, true), (false, false) })
        {
            var seen = await FirstFrame(browser, far, "/", cached, connected);
            var what = $"first cards, {(cached ? "cached" : "empty cache")}, {(connected ? "connected" : "new connection")}";
            TablePrinter.Line("pages", what, Milliseconds(seen), Milliseconds(limit), seen / limit);
        }
    }

    /// <summary>The median time from the navigation to the first cards, or to a plain text.</summary>
    /// <param name="cached">Whether styles and scripts are in the browser's cache.</param>
    /// <param name="connected">Whether the browser's connections are still open.</param>
    private static async Task<double> FirstFrame(BoardBrowser browser, NetworkLink link, string path, bool cached, bool connected)
    {
        var times = new List<double>();
        var page = await browser.NewPage(link.Address);
        await page.AddInitScriptAsync(WatchFirstFrame);
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await BoardBrowser.Open(page);
        for (var load = 0; load < Loads; load++)
        {
            await page.GotoAsync("about:blank");
            if (!cached)
            {
                await devtools.SendAsync("Network.clearBrowserCache");
            }

            if (!connected)
            {
                link.CloseConnections();
            }

            await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.Commit });
            times.Add(double.Parse((await page.Locator("html[data-first-frame]").GetAttributeAsync("data-first-frame"))!,
                CultureInfo.InvariantCulture));
        }

        await page.Context.CloseAsync();
        return Median(times);
    }

    /// <summary>From the request to the last byte, without a delay between; and how many bytes.</summary>
    private static async Task<(double Time, double Size)> Document(BoardBrowser browser, WebServer server)
    {
        var page = await browser.OpenBoard(server.Address);
        var (times, sizes) = (new List<double>(), new List<double>());
        for (var load = 0; load < Loads; load++)
        {
            await BoardBrowser.Open(page);
            times.Add(await Told("responseEnd - document.requestStart"));
            sizes.Add(await Told("encodedBodySize"));
        }

        await page.Context.CloseAsync();
        return (Median(times), Median(sizes));

        Task<double> Told(string what) =>
            page.EvaluateAsync<double>($"(([document]) => document.{what})(performance.getEntriesByType('navigation'))");
    }

    private static void Against(string what, double bytes, double limit) =>
        TablePrinter.Line("pages", what, Size(bytes), Size(limit), bytes / limit);

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Size(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024:0.0} KB");

    private static string Milliseconds(double time) => string.Create(CultureInfo.InvariantCulture, $"{time:0} ms");
}
