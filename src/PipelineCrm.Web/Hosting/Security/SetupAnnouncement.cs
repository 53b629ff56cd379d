using PipelineCrm.Organisation;

namespace PipelineCrm.Web.Hosting;

/// <summary>
/// Says on the console how to begin, with the token that only its reader has. Only once the server listens: a start that
/// fails has nothing to begin with.
/// </summary>
internal sealed class SetupAnnouncement(UseCaseSender sender) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var renewed = await sender.Send(new RenewSetupToken.Command(), Caller.Console, cancellationToken);
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
