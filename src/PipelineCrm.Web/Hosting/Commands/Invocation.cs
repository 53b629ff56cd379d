namespace PipelineCrm.Web.Hosting;

/// <summary>What the arguments ask for, or what is wrong with them.</summary>
internal sealed record Invocation
{
    private Invocation()
    {
    }

    /// <summary>Gets the whole application, its database migrated and ready, and answers the exit code; null where the usage is wrong.</summary>
    public Func<WebApplication, CancellationToken, Task<int>>? Run { get; private init; }

    public string? Mistake { get; private init; }

    public static Invocation Of(Func<WebApplication, CancellationToken, Task<int>> run) => new() { Run = run };

    public static Invocation Wrong(string mistake) => new() { Mistake = mistake };
}
