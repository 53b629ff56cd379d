using System.CommandLine;
using PipelineCrm.Common;
using PipelineCrm.People;

namespace PipelineCrm.Web.Hosting.Commands;

/// <summary>Prints a new API token of a user and nothing else, for scripts.</summary>
internal static class TokenCommand
{
    private const string Wanted = "token needs one e-mail address.";

    public static readonly Command Entry = new("token", [new("EMAIL", "prints a new API token")], Define) { Unexpected = (_, _) => Wanted };

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var email = new Argument<string[]>("EMAIL");
        command.Add(email);
        return parsed => parsed.GetValue(email) is [var one] && !one.StartsWith('-')
            ? Invocation.Of((app, stop) => RunAsync(app, one, stop))
            : Invocation.Wrong(Wanted);
    }

    private static async Task<int> RunAsync(WebApplication app, string email, CancellationToken stop)
    {
        var issued = await app.Services.GetRequiredService<Door>().Send(new IssueApiToken.Command(email, "console"), Caller.Console, stop);
        if (!issued.Ok)
        {
            return await Refusal.Print(issued.Problem);
        }

        await Console.Out.WriteLineAsync(issued.Value.Secret);
        return 0;
    }
}
