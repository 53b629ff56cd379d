using System.CommandLine;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.People;

namespace PipelineCrm.Web.Hosting.Commands;

/// <summary>Makes a user, or finds one where no role is given, and prints the link by which they set their password.</summary>
internal static class UserCommand
{
    public static readonly Command Entry = new(
        "user",
        [new("EMAIL [--role rep|manager|admin|viewer [--team NAME]]", "makes a user, or finds one without --role; prints a one-time sign-in link")],
        Define);

    private static Func<ParseResult, Invocation> Define(System.CommandLine.Command command)
    {
        var email = new Argument<string[]>("EMAIL");
        var role = new Option<string>("--role") { Description = "rep, manager, admin or viewer" };
        var team = new Option<string>("--team");
        role.AcceptOnlyFromAmong([.. Enum.GetValues<Role>().Select(known => known.ToWire())]);
        command.Add(email);
        command.Add(role);
        command.Add(team);
        return parsed => parsed.GetValue(email) switch
        {
            [_, var another, ..] => Invocation.Wrong($"user does not understand {another}."),
            [['-', ..] word] => Invocation.Wrong($"user does not understand {word}."),
            [var one] when WireNames.TryParse<Role>(parsed.GetValue(role), out var named) => Invocation.Of((app, stop) => RunAsync(app, one, named, parsed.GetValue(team), stop)),
            [_] when parsed.GetValue(team) is not null => Invocation.Wrong("--team needs --role: it is for a new user."),
            [var one] => Invocation.Of((app, stop) => LinkAsync(app, one, stop)),
            _ => Invocation.Wrong("user needs an e-mail address."),
        };
    }

    /// <summary>For somebody who is there and cannot get in.</summary>
    private static async Task<int> LinkAsync(WebApplication app, string email, CancellationToken stop)
    {
        var issued = await app.Services.GetRequiredService<Door>().Send(new IssueSignInLink.Command(default, email), Caller.Console, stop);
        if (issued.Problem is { Code: ProblemCode.NotFound })
        {
            await Console.Error.WriteLineAsync($"There is no user {email}; to make one, give --role.");
            return 1;
        }

        return issued.Ok ? await Print(app, issued.Value) : await Refusal.Print(issued.Problem);
    }

    private static async Task<int> Print(WebApplication app, SignInLink link)
    {
        await Console.Out.WriteLineAsync(PublicAddress.Of(app.Configuration, app.Services.GetRequiredService<DatabaseInUse>()) + link.PathAndQuery);
        return 0;
    }

    private static async Task<int> RunAsync(WebApplication app, string email, Role role, string? teamName, CancellationToken stop)
    {
        var door = app.Services.GetRequiredService<Door>();
        TeamId? team = null;
        if (teamName is not null)
        {
            var named = await TeamCalled(door, teamName, stop);
            if (!named.Ok)
            {
                return await Refusal.Print(named.Problem);
            }

            team = named.Value;
        }

        var invited = await door.Send(new InviteUser.Command(email, email.Split('@')[0], role, team), Caller.Console, stop);
        return invited.Ok ? await Print(app, invited.Value) : await Refusal.Print(invited.Problem);
    }

    /// <summary>Says so: a name mistyped is a team too many.</summary>
    private static async Task<Result<TeamId>> Made(Door door, string name, CancellationToken stop)
    {
        var made = await door.Send(new CreateTeam.Command(name), Caller.Console, stop);
        if (made.Ok)
        {
            await Console.Error.WriteLineAsync($"There was no team {name.Trim()}: it was made.");
        }

        return made;
    }

    /// <summary>The team of that name; made where there is none.</summary>
    private static async Task<Result<TeamId>> TeamCalled(Door door, string name, CancellationToken stop)
    {
        var teams = await door.Send(new ListTeams.Query(), Caller.Console, stop);
        return teams.Ok && teams.Value.FirstOrDefault(team => string.Equals(team.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known
            ? known.Id
            : await Made(door, name, stop);
    }
}
