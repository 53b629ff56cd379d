namespace PipelineCrm.Web.Hosting;

/// <summary>What a command prints when a use case failed.</summary>
internal static class CommandFailure
{
    private const int Failed = 1;

    public static async Task<int> Print(Problem problem)
    {
        var sentences = problem.Errors.Count == 0
            ? [problem.Message]
            : problem.Errors.Select(error => $"{error.Key}: {string.Join(' ', error.Value)}");
        await Console.Error.WriteLineAsync(string.Join('\n', sentences));
        return Failed;
    }
}
