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

    public void Start(Caller caller)
    {
        lock (_gate)
        {
            if (!Running)
            {
                _share = 0;
                _run = Task.Run(() => sender.Send(new LoadDemo.Command(Progress: this), caller, life.ApplicationStopping));
            }
        }
    }

    public void Report(double value) => Volatile.Write(ref _share, value);
}
