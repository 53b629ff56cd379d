using Microsoft.AspNetCore.Components.Endpoints;
using PipelineCrm.Common;
using PipelineCrm.People;

namespace PipelineCrm.Web.Hosting;

/// <summary>While there is nobody to sign in as, every page leads to the set-up.</summary>
internal sealed class SetUpFirst(Door door)
{
    public const string Path = "/setup";

    private volatile bool _done;

    public async Task Lead(HttpContext http, RequestDelegate next)
    {
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!_done && isPage && !http.Request.Path.StartsWithSegments(Path) && await IsMissing(http.RequestAborted))
        {
            http.Response.Redirect(Path);
            return;
        }

        await next(http);
    }

    private async Task<bool> IsMissing(CancellationToken ct)
    {
        var setup = await door.Send(new ReadSetup.Query(), Caller.Anonymous, ct);
        _done = setup is { Ok: true, Value.IsSetUp: true };
        return setup is { Ok: true, Value.IsSetUp: false };
    }
}

/// <summary>
/// Says on the console how to begin, with the token that only its reader has. Only once the server listens: a start that
/// fails has nothing to begin with.
/// </summary>
internal sealed class SetupAnnouncement(Door door) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var renewed = await door.Send(new RenewSetupToken.Command(), Caller.Console, cancellationToken);
        if (renewed is { Ok: true, Value.Token: { } token })
        {
            await Console.Out.WriteLineAsync(renewed.Value.ForDemo
                ? $"The demo is loaded. From another machine its sign-in asks for this token: {token}"
                : $"PipelineCrm is not set up yet. Open it in the browser; one-time setup token: {token}");
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
