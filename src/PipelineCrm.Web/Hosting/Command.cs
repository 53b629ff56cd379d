namespace PipelineCrm.Web.Hosting;

/// <summary>One entry of the table of commands.</summary>
/// <param name="Parse">Reads the arguments, before anything is started.</param>
internal sealed record Command(string Name, string Arguments, string Does, Func<string[], Invocation> Parse)
{
    /// <summary>Of several entries with one name: the word by which this one is meant. Null: whatever no other is meant by.</summary>
    public string? Word { get; init; }

    public string Call => $"{Name} {Arguments}".TrimEnd();
}

/// <summary>What the arguments ask for, or what is wrong with them.</summary>
internal sealed record Invocation
{
    private Invocation()
    {
    }

    /// <summary>Gets the whole house, its database migrated and ready, and answers the exit code; null where the usage is wrong.</summary>
    public Func<WebApplication, CancellationToken, Task<int>>? Run { get; private init; }

    public string? Mistake { get; private init; }

    public static Invocation Of(Func<WebApplication, CancellationToken, Task<int>> run) => new() { Run = run };

    public static Invocation Wrong(string mistake) => new() { Mistake = mistake };
}
