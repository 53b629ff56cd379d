using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace PipelineCrm.Web.Hosting;

/// <summary>What was read from the arguments: an invocation of a command, or an answer that needs none.</summary>
/// <param name="Answer">For standard output.</param>
/// <param name="Mistake">For standard error: the usage was wrong.</param>
internal sealed record Reading(Command? Command, Invocation? Invocation, string? Answer, string? Mistake);

/// <summary>Reads arguments by the table of commands: System.CommandLine takes them apart, what is said about them is ours.</summary>
internal static class CommandReader
{
    private static readonly ParserConfiguration Plain = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };

    public static Reading Read(string[] args)
    {
        var help = new HelpOption("--help", "-h") { Recursive = true };
        var root = new RootCommand();
        root.Options.Clear();
        root.Directives.Clear();
        root.Add(help);
        root.Add(new System.CommandLine.Command("help"));
        var readers = new Dictionary<System.CommandLine.Command, (Command Command, Func<ParseResult, Invocation> Read)>
        {
            [root] = (ServeCommand.Entry, ServeCommand.Entry.Define(root)),
        };
        foreach (var command in CommandTable.All)
        {
            var defined = new System.CommandLine.Command(command.Name);
            root.Add(defined);
            readers.Add(defined, (command, command.Define(defined)));
        }

        var parsed = root.Parse(args, Plain);
        var named = parsed.CommandResult.Command;
        if (!readers.TryGetValue(named, out var found))
        {
            return new(null, null, CommandHelp.Text, null);
        }

        if (named == root && args is [var unknown, ..] && !unknown.StartsWith('-'))
        {
            return new(null, null, null, $"There is no command {unknown}.\n\n{CommandHelp.Text}");
        }

        if (parsed.GetResult(help) is not null)
        {
            return new(found.Command, null, named == root ? CommandHelp.Text : CommandHelp.Usage(found.Command), null);
        }

        var invocation = Wrong(parsed, found.Command, named == root ? args : args[1..]) is { } mistake ? Invocation.Wrong(mistake)
            : found.Read(parsed);
        return invocation.Mistake is null
            ? new(found.Command, invocation, null, null)
            : new(found.Command, null, null, $"{invocation.Mistake}\n{CommandHelp.Usage(found.Command)}");
    }

    /// <summary>A word that does not belong, or an option without its value; null where there is neither.</summary>
    private static string? Wrong(ParseResult parsed, Command command, IReadOnlyList<string> words)
    {
        // What looks like an option and is none the parser takes for one of the names that a command is given.
        var taken = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Select(token => token.Value);
        if (parsed.UnmatchedTokens.Concat(taken.Where(word => word.StartsWith("--", StringComparison.Ordinal)))
            .FirstOrDefault() is { } unexpected)
        {
            return command.Unexpected?.Invoke(unexpected, words) ?? $"{command.Name} does not understand {unexpected}.";
        }

        return parsed.Errors.Select(error => error.SymbolResult).OfType<OptionResult>().FirstOrDefault() switch
        {
            null => null,
            { IdentifierTokenCount: > 1 } twice => $"{twice.Option.Name} stands there more than once.",
            var without => $"{without.Option.Name} needs {without.Option.Description ?? "a value"}.",
        };
    }
}
