using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>Makes a user and prints the link by which they set their password.</summary>
internal static class UserCommand
{
    public static readonly Command Entry = new(
        "user", "EMAIL --role rep|manager|admin|viewer [--team NAME]", "makes a user, prints a one-time sign-in link", Parse);

    private static Invocation Parse(string[] args)
    {
        string? email = null, team = null;
        Role? role = null;
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : null;
            switch (args[i])
            {
                case "--role" when WireNames.TryParse<Role>(value, out var named):
                    role = named;
                    i++;
                    break;
                case "--role":
                    return Invocation.Wrong("--role needs rep, manager, admin or viewer.");
                case "--team" when value is not null:
                    team = value;
                    i++;
                    break;
                case var word when email is null && !word.StartsWith('-'):
                    email = word;
                    break;
                case var word:
                    return Invocation.Wrong($"user does not understand {word}.");
            }
        }

        return email is null || role is null
            ? Invocation.Wrong("user needs an e-mail address and --role.")
            : Invocation.Of((app, ct) => Run(app, email, role.Value, team, ct));
    }

    private static async Task<int> Run(WebApplication app, string email, Role role, string? teamName, CancellationToken ct)
    {
        var sender = app.Services.GetRequiredService<UseCaseSender>();
        TeamId? team = null;
        if (teamName is not null)
        {
            var named = await TeamCalled(sender, teamName, ct);
            if (!named.Ok)
            {
                return await CommandFailure.Print(named.Problem);
            }

            team = named.Value;
        }

        var invited = await sender.Send(new InviteUser.Command(email, email.Split('@')[0], role, team), Caller.Console, ct);
        if (!invited.Ok)
        {
            return await CommandFailure.Print(invited.Problem);
        }

        await Console.Out.WriteLineAsync(PublicAddress.Of(app.Configuration, app.Services.GetRequiredService<ActiveDatabase>()) + invited.Value.PathAndQuery);
        return 0;
    }

    /// <summary>Says so: a name mistyped is a team too many.</summary>
    private static async Task<Result<TeamId>> Made(UseCaseSender sender, string name, CancellationToken ct)
    {
        var made = await sender.Send(new CreateTeam.Command(name), Caller.Console, ct);
        if (made.Ok)
        {
            await Console.Error.WriteLineAsync($"There was no team {name.Trim()}: it was made.");
        }

        return made;
    }

    /// <summary>The team of that name; made where there is none.</summary>
    private static async Task<Result<TeamId>> TeamCalled(UseCaseSender sender, string name, CancellationToken ct)
    {
        var teams = await sender.Send(new ListTeams.Query(), Caller.Console, ct);
        return teams.Ok && teams.Value.FirstOrDefault(team => string.Equals(team.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known
            ? known.Id
            : await Made(sender, name, ct);
    }
}
