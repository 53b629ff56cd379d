using System.CommandLine;

namespace PipelineCrm.Web.Hosting;

/// <summary>One entry of the table of commands.</summary>
/// <param name="Calls">The ways in which it is called, as the help shows them.</param>
/// <param name="Define">Adds what the command takes, and answers how what was given is read: before anything is started.</param>
internal sealed record Command(string Name, IReadOnlyList<CommandUsage> Calls,
    Func<System.CommandLine.Command, Func<ParseResult, Invocation>> Define)
{
    /// <summary>What is said of a word that the command does not take; the words are all that follow the command's name.</summary>
    public Func<string, IReadOnlyList<string>, string>? Unexpected { get; init; }
}

/// <param name="Arguments">What follows the command's name.</param>
internal sealed record CommandUsage(string Arguments, string Does);
