using System.CommandLine;
using PipelineCrm.Access;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Hosting;

/// <summary>Makes a user, or finds one where no role is given, and prints the link by which they set their password.</summary>
internal static class UserCommand
{
    public static readonly Command Entry = new(
        "user",
        [new("EMAIL [--role rep|manager|admin|viewer [--team NAME]]",
            "makes a user, or finds one without --role; prints a one-time sign-in link")],
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
            [var one] when WireNames.TryParse<Role>(parsed.GetValue(role),
                out var named) => Invocation.Of((app, ct) => Run(app, one, named, parsed.GetValue(team), ct)),
            [_] when parsed.GetValue(team) is not null => Invocation.Wrong("--team needs --role: it is for a new user."),
            [var one] => Invocation.Of((app, ct) => Link(app, one, ct)),
            _ => Invocation.Wrong("user needs an e-mail address."),
        };
    }

    /// <summary>For somebody who is there and cannot get in.</summary>
    private static async Task<int> Link(WebApplication app, string email, CancellationToken ct)
    {
        var issued = await app.Services.GetRequiredService<UseCaseSender>()
            .Send(new IssueSignInLink.Command(default, email), Caller.Console, ct);
        if (issued.Problem is { Code: ProblemCode.NotFound })
        {
            await Console.Error.WriteLineAsync($"There is no user {email}; to make one, give --role.");
            return 1;
        }

        return issued.Ok ? await Print(app, issued.Value) : await CommandFailure.Print(issued.Problem);
    }

    private static async Task<int> Print(WebApplication app, SignInLink link)
    {
        await Console.Out.WriteLineAsync(PublicAddress.Of(app.Configuration, app.Services.GetRequiredService<ActiveDatabase>())
            + link.PathAndQuery);
        return 0;
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
        return invited.Ok ? await Print(app, invited.Value) : await CommandFailure.Print(invited.Problem);
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
        return teams.Ok
            && teams.Value.FirstOrDefault(team => string.Equals(team.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known
            ? known.Id
            : await Made(sender, name, ct);
    }
}
