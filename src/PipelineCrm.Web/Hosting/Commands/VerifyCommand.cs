using PipelineCrm.Common;
using PipelineCrm.Deals;

namespace PipelineCrm.Web.Hosting.Commands;

/// <summary>Replays the ledger and says what differs; the last line is the count.</summary>
internal static class VerifyCommand
{
    public static readonly Command Entry = new("verify", [new("", "replays the ledger, compares, says what differs")], _ => _ => Invocation.Of(RunAsync))
    {
        Unexpected = (_, _) => "verify takes no arguments.",
    };

    private static async Task<int> RunAsync(WebApplication app, CancellationToken stop)
    {
        var verified = await app.Services.GetRequiredService<Door>().Send(new Verify.Query(), Caller.Console, stop);
        if (!verified.Ok)
        {
            return await Refusal.Print(verified.Problem);
        }

        var found = verified.Value;
        foreach (var sentence in found.Sentences)
        {
            await Console.Out.WriteLineAsync(sentence);
        }

        if (found.Differences > found.Sentences.Count)
        {
            await Console.Out.WriteLineAsync($"… and {found.Differences - found.Sentences.Count} more");
        }

        await Console.Out.WriteLineAsync($"replayed {found.Transitions} transitions of {found.Deals} deals, statuses of {found.Customers} customers");
        await Console.Out.WriteLineAsync(found.TwoRoles
            ? "database roles: two, the application owns nothing"
            : "database roles: one serves both, so the application could switch off what protects the ledger");
        await Console.Out.WriteLineAsync($"differences: {found.Differences}");
        return found.Differences == 0 ? 0 : 1;
    }
}
