using PipelineCrm.Common;
using PipelineCrm.People;

namespace PipelineCrm.Web.Hosting.Commands;

/// <summary>Prints a new API token of a user and nothing else, for scripts.</summary>
internal static class TokenCommand
{
    public static readonly Command Entry = new("token", "EMAIL", "prints a new API token", Parse);

    private static Invocation Parse(string[] args) => args is [var email] && !email.StartsWith('-')
        ? Invocation.Of((app, stop) => RunAsync(app, email, stop))
        : Invocation.Wrong("token needs one e-mail address.");

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
