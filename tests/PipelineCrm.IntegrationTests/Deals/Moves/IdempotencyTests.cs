using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.IntegrationTests.Deals;

public sealed class IdempotencyTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const int Many = (2 * IdempotencyPurge.BatchSize) + 1;

    [Fact]
    public async Task Answers_are_kept_thirty_days_and_then_deleted_in_portions()
    {
        var rep = await crm.User(Role.Rep);
        var move = (await crm.NewDeal(rep)).Move(MoveKind.Advance);
        var moved = await crm.Ok(move, rep);
        await crm.Pretend(
            $"""
            insert into stored_answers (user_id, key, body_hash, answer, created_at)
            select '{rep}', 'old ' || n, '', '{"{}"}', now() - interval '1 hour' from generate_series(1, {Many}) n
            """);
        var clock = new SetClock { Now = TimeProvider.System.GetUtcNow().AddDays(IdempotentCommands.DaysKept) - TimeSpan.FromMinutes(90) };
        var purge = new IdempotencyPurge(crm.Services.GetRequiredService<IServiceScopeFactory>(), clock,
            NullLogger<IdempotencyPurge>.Instance);
        Assert.Equal(0, await purge.Purge(DealSteps.Ct));

        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(Many, await purge.Purge(DealSteps.Ct));
        Assert.Equal(moved.Transition.Id, (await crm.Ok(move, rep)).Transition.Id);
        clock.Now += TimeSpan.FromHours(1);
        Assert.Equal(1, await purge.Purge(DealSteps.Ct));
        Assert.Equal(0L, await crm.Ask<long>("select count(*) from stored_answers"));
    }

    private sealed class SetClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
