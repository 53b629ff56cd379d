using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Tests.Hosting;

/// <summary>How many people and requests a server takes at once.</summary>
public sealed class LimitsTests
{
    private const long Megabyte = 1024 * 1024;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(256, 42, 16)]
    [InlineData(512, 85, 32)]
    [InlineData(768, 128, 48)]
    [InlineData(64, 10, 8)]
    [InlineData(16_384, 2730, 64)]
    public void They_follow_the_memory(long megabytes, int circuits, int requests) => Assert.Equal(
        (circuits, requests), (CircuitLimit.Fitting(megabytes * Megabyte), UseCaseThrottle.Fitting(megabytes * Megabyte)));

    [Fact]
    public async Task A_page_is_admitted_while_there_is_a_place_and_one_that_was_sent_holds_it_for_a_moment()
    {
        var time = new Hands();
        var limit = new CircuitLimit(2, time);
        Assert.True(limit.Admit());
        Assert.True(limit.Admit());
        Assert.False(limit.Admit());
        await limit.OnCircuitOpenedAsync(null!, Ct);
        Assert.False(limit.Admit());
        time.Pass(TimeSpan.FromSeconds(11));
        // The other reader left before the page was live.
        Assert.True(limit.Admit());
        await limit.OnCircuitOpenedAsync(null!, Ct);
        Assert.False(limit.Admit());
        await limit.OnCircuitClosedAsync(null!, Ct);
        Assert.True(limit.Admit());
    }

    [Fact]
    public async Task A_move_goes_first_when_readers_have_taken_all_places()
    {
        var throttle = new UseCaseThrottle(1);
        using var reader = await throttle.Enter(new Reads(), Ct);
        var waiting = throttle.Enter(new Reads(), Ct);
        using var move = await throttle.Enter(new Moves(), Ct);
        Assert.NotNull(move);
        Assert.False(waiting.IsCompleted);
        reader!.Dispose();
        Assert.NotNull(await waiting);
    }

    private sealed class Reads;

    private sealed class Moves : IPriorityRequest;

    private sealed class Hands : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
