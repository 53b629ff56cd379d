using PipelineCrm.Persistence;

namespace PipelineCrm.Web.Hosting;

/// <summary>Whether the process lives, and whether it can work.</summary>
internal static partial class Health
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Json(new { status = "live" })).AllowAnonymous();
        app.MapGet("/health/ready", Ready).AllowAnonymous();
    }

    private static async Task<IResult> Ready(ActiveDatabase database, ILoggerFactory logs, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Timeout);
        try
        {
            // Looking up a host's name cannot be cancelled and may take longer than anybody who asks waits.
            var state = await CrmDatabase.Check(database.Connections.Crm, patience.Token).WaitAsync(patience.Token);
            return Results.Json(new
            {
                status = "ready",
                database = "ok",
                roles = state.TwoRoles ? 2 : 1,
                durable = state.Durable,
                settings = new { state.Fsync, state.FullPageWrites, state.SynchronousCommit },
            });
        }
        catch (Exception away) when (!ct.IsCancellationRequested)
        {
            LogAway(logs.CreateLogger(typeof(Health)), away.GetType().Name, away.Message);
            return Results.Json(new { status = "unready", database = "away" }, statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Not ready: {Kind}: {Reason}")]
    private static partial void LogAway(ILogger log, string kind, string reason);
}
