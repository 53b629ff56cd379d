namespace PipelineCrm.Kernel;

/// <summary>The machine's time in whole microseconds, as the database keeps it: what is answered at once is what is read later.</summary>
internal sealed class DatabaseTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
