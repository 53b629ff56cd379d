using PipelineCrm.Live;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Outbox;

namespace PipelineCrm.Tests.Live;

/// <summary>Who follows is woken for every change, and is told to start over instead of keeping more than it can take.</summary>
public class ChangeSubscriptionTests
{
    private readonly ChangeHub _hub = new(TimeProvider.System);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_come_in_order_and_are_gathered()
    {
        using var follower = Follow();
        _hub.Publish([Row(1), Row(2)]);
        _hub.Publish([Row(3)]);
        Assert.Equal([1L, 2L, 3L], (await Next(follower)).Items.Select(change => change.Number));
    }

    [Fact]
    public async Task Who_takes_nothing_keeps_no_more_than_its_bound_and_starts_over()
    {
        using var slow = Follow();
        for (var i = 1; i <= 10 * ChangeSubscription.Capacity; i++)
        {
            _hub.Publish([Row(i)]);
        }

        Assert.Equal((true, 0), ((await Next(slow)) is { StartOver: true, Items.Count: var kept } ? (true, kept) : (false, -1)));
        _hub.Publish([Row(7)]);
        Assert.Equal(7, Assert.Single((await Next(slow)).Items).Number);
    }

    [Fact]
    public async Task No_wake_up_is_lost_however_writing_and_reading_meet()
    {
        using var follower = Follow();
        var over = 0;
        for (var round = 1; round <= 3000; round++)
        {
            // One more than is kept: the last of them arrives, or the word to start over does; a lost wake-up would have this wait for
            // ever.
            var (last, changes) = (round, (ChangeBatch?)null);
            var writing = Task.Run(() => _hub.Publish([.. Enumerable.Range(0, ChangeSubscription.Capacity).Select(_ => Row(0)), Row(last)]),
                Ct);
            do
            {
                changes = await Next(follower);
                over += changes.StartOver ? 1 : 0;
            }
            while (!changes.StartOver && changes.Items.All(change => change.Number != last));
            await writing;
        }

        Assert.InRange(over, 1, 3000);
    }

    [Fact]
    public async Task Rights_that_may_have_changed_have_everybody_start_over()
    {
        using var follower = Follow();
        _hub.Publish([Row(1), Row(2) with { Subject = ChangeSubjects.Team }]);
        Assert.Equal((true, 1), (await Next(follower)) is { StartOver: var over, Last: var last } ? (over, last) : default);
    }

    [Fact]
    public async Task Who_has_left_is_not_followed_any_more_and_waits_for_nothing()
    {
        var follower = Follow();
        var next = follower.Next(TimeSpan.Zero, Ct);
        follower.Dispose();
        Assert.Null(await next.WaitAsync(TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(0, _hub.Followers);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(false, true, true)]
    [InlineData(false, false, false)]
    public async Task Only_what_one_may_see_before_or_after_arrives(bool before, bool after, bool arrives)
    {
        var (mine, theirs) = (Guid.NewGuid(), Guid.NewGuid());
        using var follower = _hub.Follow();
        follower.See(new OwnerSet([mine]));
        _hub.Publish([Row(1) with { Deal = Guid.NewGuid(), OwnerBefore = before ? mine : theirs, Owner = after ? mine : theirs }, Row(2)]);
        Assert.Equal(arrives ? [1L, 2L] : [2L], (await Next(follower)).Items.Select(change => change.Number));
    }

    [Fact]
    public async Task Of_a_deal_whose_owner_nobody_knows_only_who_sees_all_is_told()
    {
        using var follower = _hub.Follow();
        follower.See(new OwnerSet([Guid.NewGuid()]));
        using var admin = Follow();
        _hub.Publish([Row(1) with { Deal = Guid.NewGuid() }, Row(2)]);
        Assert.Equal([2L], (await Next(follower)).Items.Select(change => change.Number));
        Assert.Equal([1L, 2L], (await Next(admin)).Items.Select(change => change.Number));
    }

    [Fact]
    public async Task A_signal_that_comes_while_nobody_waits_is_not_lost_and_many_are_one()
    {
        using var signal = new OutboxSignal();
        signal.Wake();
        signal.Written();
        signal.Written();
        Assert.True(await signal.Wait(TimeSpan.FromMinutes(1), Ct));
        Assert.False(await signal.Wait(TimeSpan.Zero, Ct));
        Assert.Equal((true, false), (signal.TakeWritten(), signal.TakeWritten()));
        signal.Wake();
        Assert.True(await signal.Wait(TimeSpan.FromMinutes(1), Ct));
        Assert.False(signal.TakeWritten());
    }

    private ChangeSubscription Follow()
    {
        var follower = _hub.Follow();
        follower.See(OwnerSet.All);
        return follower;
    }

    private static OutboxRow Row(long id) => new(id, ChangeSubjects.Product, $"{id}", null, null, null, null, 2, id, id);

    private static async Task<ChangeBatch> Next(ChangeSubscription subscription) =>
        (await subscription.Next(TimeSpan.Zero, Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct))!;
}
