using System.CommandLine;

namespace PipelineCrm.Web.Hosting;

/// <summary>One entry of the table of commands.</summary>
/// <param name="Calls">The ways in which it is called, as the help shows them.</param>
/// <param name="Define">Adds what the command takes, and answers how what was given is read: before anything is started.</param>
internal sealed record Command(string Name, IReadOnlyList<Call> Calls, Func<System.CommandLine.Command, Func<ParseResult, Invocation>> Define)
{
    /// <summary>What is said of a word that the command does not take; the words are all that follow the command's name.</summary>
    public Func<string, IReadOnlyList<string>, string>? Unexpected { get; init; }
}

/// <param name="Arguments">What follows the command's name.</param>
internal sealed record Call(string Arguments, string Does);

/// <summary>What the arguments ask for, or what is wrong with them.</summary>
internal sealed record Invocation
{
    private Invocation()
    {
    }

    /// <summary>Gets the whole house, its database migrated and ready, and answers the exit code.</summary>
    public Func<WebApplication, CancellationToken, Task<int>>? Run { get; private init; }

    /// <summary>For what is done to the database as a whole: gets it as it is, not migrated, and answers the exit code.</summary>
    public Func<DatabaseInUse, CancellationToken, Task<int>>? RunOnDatabase { get; private init; }

    public string? Mistake { get; private init; }

    public static Invocation Of(Func<WebApplication, CancellationToken, Task<int>> run) => new() { Run = run };

    public static Invocation OnDatabase(Func<DatabaseInUse, CancellationToken, Task<int>> run) => new() { RunOnDatabase = run };

    public static Invocation Wrong(string mistake) => new() { Mistake = mistake };
}
