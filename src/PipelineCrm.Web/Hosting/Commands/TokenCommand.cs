using System.CommandLine;
using PipelineCrm.Access;

namespace PipelineCrm.Web.Hosting;

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
            ? Invocation.Of((app, ct) => Run(app, one, ct))
            : Invocation.Wrong(Wanted);
    }

    private static async Task<int> Run(WebApplication app, string email, CancellationToken ct)
    {
        var issued = await app.Services.GetRequiredService<UseCaseSender>()
            .Send(new IssueApiToken.Command(email, "console"), Caller.Console, ct);
        if (!issued.Ok)
        {
            return await CommandFailure.Print(issued.Problem);
        }

        await Console.Out.WriteLineAsync(issued.Value.Secret);
        return 0;
    }
}
