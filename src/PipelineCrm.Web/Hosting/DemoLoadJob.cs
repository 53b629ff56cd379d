using PipelineCrm.Access;
using PipelineCrm.Demo;

namespace PipelineCrm.Web.Hosting;

/// <summary>The demo being loaded: begun by one request, watched by others. Only one at a time.</summary>
internal sealed class DemoLoadJob(UseCaseSender sender, IHostApplicationLifetime life) : IProgress<double>
{
    private readonly Lock _gate = new();
    private Task<Result<LoadDemo.Answer>>? _run;
    private double _share;

    public bool Begun => _run is not null;

    public bool Running => _run is { IsCompleted: false };

    /// <summary>0 to 1.</summary>
    public double Share => Volatile.Read(ref _share);

    /// <summary>Why it was not loaded; null while it runs, and where it was.</summary>
    public Problem? Problem => _run is { IsCompletedSuccessfully: true } done ? done.Result.Problem : null;

    /// <param name="proof">Of whoever begins it, already looked at.</param>
    /// <param name="language">What people, products and deals are called in.</param>
    /// <param name="timeZone">The browser's.</param>
    public void Start(Caller caller, ConsoleProof proof, string language, string? timeZone)
    {
        lock (_gate)
        {
            if (!Running)
            {
                _share = 0;
                var command = new LoadDemo.Command(Progress: this, Proof: proof, Language: language, TimeZone: timeZone);
                _run = Task.Run(() => sender.Send(command, caller, life.ApplicationStopping));
            }
        }
    }

    public void Report(double value) => Volatile.Write(ref _share, value);
}
