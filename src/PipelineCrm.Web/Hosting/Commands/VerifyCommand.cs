using System.CommandLine;
using PipelineCrm.Deals;

namespace PipelineCrm.Web.Hosting;

/// <summary>Replays the ledger and says what differs; the last line is the count.</summary>
internal static class VerifyCommand
{
    public static readonly Command Entry = new(
        "verify",
        [new("[--checkpoint] [--against FILE]",
            "replays the ledger, says what differs; signs where it stands; proves it against a signed file")],
        Define)
    {
        Unexpected = (word, _) => $"verify does not understand {word}.",
    };

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var checkpoint = new Option<bool>("--checkpoint");
        var against = new Option<string>("--against");
        command.Add(checkpoint);
        command.Add(against);
        return parsed => Invocation.Of((app, ct) => Run(app, parsed.GetValue(checkpoint), parsed.GetValue(against), ct));
    }

    private static async Task<int> Run(WebApplication app, bool checkpoint, string? against, CancellationToken ct)
    {
        var sender = app.Services.GetRequiredService<UseCaseSender>();
        var started = TimeProvider.System.GetTimestamp();
        var verified = await sender.Send(new VerifyLedger.Query(against), Caller.Console, ct);
        if (!verified.Ok)
        {
            return await CommandFailure.Print(verified.Problem.Errors.ContainsKey("against")
                ? new Problem(ProblemCode.NotFound, $"There is no file {against}.") : verified.Problem);
        }

        var found = verified.Value;
        await Print(found, TimeProvider.System.GetElapsedTime(started));
        if (checkpoint && found.Differences == 0)
        {
            var made = await sender.Send(new MakeCheckpoint.Command(), Caller.Console, ct);
            if (!made.Ok)
            {
                return await CommandFailure.Print(made.Problem);
            }

            await Console.Out.WriteLineAsync($"checkpoint of {made.Value.At:O}: {made.Value.Lines} lines, signed, in {made.Value.File}");
        }
        else if (checkpoint)
        {
            await Console.Out.WriteLineAsync("no checkpoint: what differs is not signed");
        }

        await Console.Out.WriteLineAsync($"differences: {found.Differences}");
        return found.Differences == 0 ? 0 : 1;
    }

    private static async Task Print(VerifyLedger.Answer found, TimeSpan took)
    {
        foreach (var sentence in found.Sentences)
        {
            await Console.Out.WriteLineAsync(sentence);
        }

        if (found.Differences > found.Sentences.Count)
        {
            await Console.Out.WriteLineAsync($"… and {found.Differences - found.Sentences.Count} more");
        }

        await Console.Out.WriteLineAsync(
            FormattableString.Invariant(
                $"replayed {found.Transitions} transitions of {found.Deals} deals, statuses of {found.Customers} customers, in {took.TotalSeconds:0.0} s"));
        if (found.Checkpoints is { } checkpoints)
        {
            await Console.Out.WriteLineAsync($"held against {checkpoints} checkpoints");
        }

        await Console.Out.WriteLineAsync(found.TwoRoles
            ? "database roles: two, the application owns nothing"
            : "database roles: one serves both, so the application could switch off what protects the ledger");
    }
}
