using PipelineCrm.Deals;

namespace PipelineCrm.Web.Hosting;

/// <summary>Replays the ledger and says what differs; the last line is the count.</summary>
internal static class VerifyCommand
{
    public static readonly Command Entry = new("verify", "", "replays the ledger, compares, says what differs", Parse);

    private static Invocation Parse(string[] args) => args is []
        ? Invocation.Of(Run)
        : Invocation.Wrong("verify takes no arguments.");

    private static async Task<int> Run(WebApplication app, CancellationToken ct)
    {
        var verified = await app.Services.GetRequiredService<UseCaseSender>().Send(new VerifyLedger.Query(), Caller.Console, ct);
        if (!verified.Ok)
        {
            return await CommandFailure.Print(verified.Problem);
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
