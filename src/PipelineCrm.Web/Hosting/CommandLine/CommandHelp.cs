namespace PipelineCrm.Web.Hosting;

/// <summary>How commands are called, in words.</summary>
internal static class CommandHelp
{
    /// <summary>All of them.</summary>
    public static string Text
    {
        get
        {
            var calls = CommandTable.All.SelectMany(command => command.Calls.Select(call => (Text: Full(command, call), call.Does)))
                .ToList();
            var width = calls.Max(call => call.Text.Length);
            var lines = calls.Append(("--help", "shows this")).Select(call => $"  {call.Item1.PadRight(width)}  {call.Item2}");
            return $"Usage: eng/run [COMMAND] [ARGS]\n\n{string.Join('\n', lines)}";
        }
    }

    public static string Usage(Command command) =>
        $"Usage: eng/run {string.Join("\n       eng/run ", command.Calls.Select(call => Full(command, call)))}";

    private static string Full(Command command, CommandUsage call) => $"{command.Name} {call.Arguments}".TrimEnd();
}
