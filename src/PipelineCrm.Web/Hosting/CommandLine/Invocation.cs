namespace PipelineCrm.Web.Hosting;

/// <summary>What the arguments ask for, or what is wrong with them.</summary>
internal sealed record Invocation
{
    private Invocation()
    {
    }

    /// <summary>Gets the whole application, its database migrated and ready, and answers the exit code.</summary>
    public Func<WebApplication, CancellationToken, Task<int>>? Run { get; private init; }

    /// <summary>For what is done to the database as a whole: gets it as it is, not migrated, and answers the exit code.</summary>
    public Func<ActiveDatabase, CancellationToken, Task<int>>? RunOnDatabase { get; private init; }

    public string? Mistake { get; private init; }

    public static Invocation Of(Func<WebApplication, CancellationToken, Task<int>> run) => new() { Run = run };

    public static Invocation OnDatabase(Func<ActiveDatabase, CancellationToken, Task<int>> run) => new() { RunOnDatabase = run };

    public static Invocation Wrong(string mistake) => new() { Mistake = mistake };
}
