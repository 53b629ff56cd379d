using System.Globalization;
using PipelineCrm.Benchmarks;
using PipelineCrm.Benchmarks.Parts;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string[] known = ["generate", "moves", "http", "board", "funnel", "outbox", "search", "filter", "pages", "verdict"];
var deals = 100_000;
var wanted = new List<string>();
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "--deals" && i + 1 < args.Length && int.TryParse(args[i + 1], out deals) && deals >= DataGenerator.Fewest)
    {
        i++;
    }
    else if (known.Contains(args[i]))
    {
        wanted.Add(args[i]);
    }
    else
    {
        Console.Error.WriteLine($"Usage: [{string.Join("] [", known)}] [--deals N], N at least {DataGenerator.Fewest}");
        return 2;
    }
}

var parts = wanted.Count == 0 ? known : [.. wanted];
Console.WriteLine($"{Environment.ProcessorCount} processors, {deals} deals; times are of this run, ratios to a limit taken in it");
Console.WriteLine($"{"part",-9}{"what",-46}{"measured",20}{"limit",20}{"ratio",8}");
if (parts.Contains("verdict"))
{
    VerdictPart.Run();
}

if (parts.Any(part => part != "verdict"))
{
    await using var site = await BenchmarkHost.Open();
    await DataGenerator.Run(site, deals);
    if (parts.Contains("board"))
    {
        await BoardPart.Run(site);
    }

    if (parts.Contains("funnel"))
    {
        await FunnelPart.Run(site);
    }

    if (parts.Contains("moves"))
    {
        await MovesPart.Run(site);
    }

    if (parts.Contains("http"))
    {
        await HttpPart.Run(site);
    }

    if (parts.Contains("search"))
    {
        await SearchPart.Run(site);
    }

    if (parts.Contains("filter"))
    {
        await FilterPart.Run(site);
    }

    if (parts.Contains("outbox"))
    {
        await OutboxPart.Run(site);
    }

    if (parts.Contains("pages"))
    {
        await PagesPart.Run(site);
    }
}

return 0;
