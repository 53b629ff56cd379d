using System.Diagnostics.Metrics;

namespace PipelineCrm.Live;

/// <summary>How far this node's reader is behind what was committed, as metrics of the meter <see cref="MeterName"/>.</summary>
internal sealed class OutboxLag : IDisposable
{
    public const string MeterName = "PipelineCrm.Outbox";

    private readonly Meter _meter = new(MeterName);
    private readonly TimeProvider _time;
    private readonly Counter<long> _handed;
    private State _state;

    public OutboxLag(TimeProvider time)
    {
        (_time, _state) = (time, new State(0, time.GetUtcNow()));
        _meter.CreateObservableGauge("pipelinecrm.outbox.lag.rows", () => Rows, "{row}", "Rows that the last read found waiting");
        _meter.CreateObservableGauge("pipelinecrm.outbox.lag.seconds", () => Seconds, "s",
            "Since all that was committed had been read; below the poll's second and a little where all is well");
        _handed = _meter.CreateCounter<long>("pipelinecrm.outbox.rows", "{row}", "Rows handed on to those who follow");
    }

    public long Rows => _state.Rows;

    public double Seconds => Math.Max(0, (_time.GetUtcNow() - _state.ReadAt).TotalSeconds);

    public void Read(int rows)
    {
        _state = new State(rows, _time.GetUtcNow());
        _handed.Add(rows);
    }

    public void Dispose() => _meter.Dispose();

    private sealed record State(long Rows, DateTimeOffset ReadAt);
}
