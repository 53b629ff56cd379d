using PipelineCrm.Access;

namespace PipelineCrm.Tests.Access;

public sealed class SlowdownTests
{
    private static readonly AttemptThrottle.ThrottlePolicy Pace = new(Free: 3, Longest: TimeSpan.FromSeconds(20));

    private readonly Hands _time = new();

    [Fact]
    public void Every_attempt_beyond_the_free_ones_doubles_the_wait_up_to_the_longest()
    {
        var throttle = new AttemptThrottle(_time);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            Assert.Null(throttle.Enter(("one", Pace)));
        }

        var waits = new List<double>();
        for (var attempt = 0; attempt < 7; attempt++)
        {
            var wait = throttle.Enter(("one", Pace))!.Value;
            waits.Add(wait.TotalSeconds);
            _time.Pass(wait);
            Assert.Null(throttle.Enter(("one", Pace)));
        }

        Assert.Equal([1, 2, 4, 8, 16, 20, 20], waits);
    }

    [Fact]
    public void A_right_attempt_is_taken_back_and_a_long_rest_forgets()
    {
        var throttle = new AttemptThrottle(_time);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            Assert.Null(throttle.Enter(("right", Pace)));
            throttle.TakeBack("right");
        }

        while (throttle.Enter(("wrong", Pace)) is null)
        {
        }

        _time.Pass(TimeSpan.FromMinutes(31));
        Assert.Null(throttle.Enter(("wrong", Pace)));
        Assert.Null(throttle.Enter(("wrong", Pace)));
        Assert.Null(throttle.Enter(("wrong", Pace)));
        Assert.NotNull(throttle.Enter(("wrong", Pace)));
    }

    [Fact]
    public void One_key_that_waits_holds_the_attempt_and_the_others_do_not_count_it()
    {
        var throttle = new AttemptThrottle(_time);
        while (throttle.Enter(("address", Pace)) is null)
        {
        }

        for (var attempt = 0; attempt < 10; attempt++)
        {
            Assert.NotNull(throttle.Enter(("address", Pace), ("account", Pace)));
        }

        Assert.Null(throttle.Enter(("account", Pace)));
    }

    [Fact]
    public async Task Hashing_takes_few_at_once_lets_a_short_queue_wait_and_sends_the_others_away()
    {
        var limiter = new PasswordHashingLimiter();
        var (inside, most, release) = (0, 0, new TaskCompletionSource());
        async Task<Result<bool>> Work()
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await release.Task;
            Interlocked.Decrement(ref inside);
            return true;
        }

        var tasks = Enumerable.Range(0, 100).Select(_ => limiter.Do(Work, TestContext.Current.CancellationToken)).ToList();
        var away = tasks.Where(task => task.IsCompleted).Select(task => task.Result.Problem!).ToList();
        Assert.InRange(away.Count, 60, 99);
        Assert.All(away, problem => Assert.Equal((ProblemCode.TooManyRequests, true), (problem.Code, problem.RetryAfter > TimeSpan.Zero)));
        release.SetResult();
        var answers = await Task.WhenAll(tasks);
        Assert.Equal(100 - away.Count, answers.Count(answer => answer.Ok));
        Assert.InRange(most, 1, Math.Max(1, Environment.ProcessorCount / 2));
        Assert.True((await limiter.Do(() => Task.FromResult(Result<bool>.Of(true)), TestContext.Current.CancellationToken)).Ok);
    }

    /// <summary>A clock whose hands are moved.</summary>
    private sealed class Hands : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Pass(TimeSpan time) => _now += time.Ticks;
    }
}
