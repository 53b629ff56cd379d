using PipelineCrm.Access;

namespace PipelineCrm.Web.Hosting;

/// <summary>Prints a new API token of a user and nothing else, for scripts.</summary>
internal static class TokenCommand
{
    public static readonly Command Entry = new("token", "EMAIL", "prints a new API token", Parse);

    private static Invocation Parse(string[] args) => args is [var email] && !email.StartsWith('-')
        ? Invocation.Of((app, ct) => Run(app, email, ct))
        : Invocation.Wrong("token needs one e-mail address.");

    private static async Task<int> Run(WebApplication app, string email, CancellationToken ct)
    {
        var issued = await app.Services.GetRequiredService<UseCaseSender>().Send(new IssueApiToken.Command(email, "console"), Caller.Console, ct);
        if (!issued.Ok)
        {
            return await CommandFailure.Print(issued.Problem);
        }

        await Console.Out.WriteLineAsync(issued.Value.Secret);
        return 0;
    }
}
