using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>What the database itself refuses to the application's role, and what verify finds when its owner cheats.</summary>
public sealed class LedgerTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    public static TheoryData<string> Forgeries => new(
        "update deals set stage = 2 where id = $1",
        "update deals set outcome = 1 where id = $1",
        "update deals set last_seq = 2 where id = $1",
        "delete from deals where id = $1",
        "update transitions set by_user = null where deal_id = $1",
        "delete from transitions where deal_id = $1",
        "update history set after = null where deal_id = $1",
        "update refusals set kind = 1 where deal_id = $1",
        """
        insert into deals (id, customer_id, title, owner_id, stage, outcome, entered_stage_at, rank, last_seq, furthest_stage, created_at)
        select gen_random_uuid(), customer_id, title, owner_id, 2, 0, now(), 'a0', 1, 2, now() from deals where id = $1
        """,
        """
        insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
        select id, 2, 2, 1, 0, 2, 0, now(), now(), 1, '' from deals where id = $1
        """,
        """
        insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
        select id, 1, 2, 1, 0, 2, 0, now(), now(), 1, '' from deals where id = $1
        """,
        """
        with moved as (update deals set stage = 3, last_seq = 3 where id = $1 returning id)
        insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
        select id, 3, 3, 1, 0, 3, 0, now(), now(), 1, '' from moved
        """,
        """
        with moved as (update deals set stage = 3, last_seq = 2 where id = $1 returning id)
        insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
        select id, 2, 2, 1, 0, 2, 0, now(), now(), 1, '' from moved
        """);

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task The_database_refuses_a_stage_without_its_transition_and_a_ledger_with_gaps(string sql)
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = deal.Id.Value } } };
        await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(DealSteps.Ct));
        Assert.Equal(deal with { SecondsInStage = null }, await crm.Get(deal.Id, rep) with { SecondsInStage = null });
    }

    [Fact]
    public async Task Verify_finds_a_rewritten_reason_a_moved_clock_and_a_wrong_status()
    {
        var rep = await crm.User(Role.Rep);
        var deals = new[] { await crm.NewDeal(rep), await crm.NewDeal(rep), await crm.NewDeal(rep) };
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);
        await crm.Pretend($"update transitions set reason_text = 'another' where deal_id = '{deals[0].Id}'");
        await crm.Pretend($"update deals set won_at = now() where id = '{deals[1].Id}'");
        await crm.Pretend($"update customers set status = 4 where id = '{deals[2].CustomerId}'");
        var found = await crm.Ok(new VerifyLedger.Query(), Caller.Console);
        Assert.True(found.TwoRoles);
        Assert.Contains(found.Sentences, sentence => sentence.Contains($"{deals[0].Id}", StringComparison.Ordinal)
            && sentence.Contains("hash", StringComparison.Ordinal));
        Assert.Contains(found.Sentences, sentence => sentence.StartsWith($"deal {deals[1].Id}: is", StringComparison.Ordinal));
        Assert.Contains(found.Sentences, sentence => sentence.StartsWith($"customer {deals[2].CustomerId}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_fact_has_a_history_from_its_first_write_on()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Decision, rep);
        await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = 2000m }), rep.As());
        var amounts = await crm.Ask<string>(
            "select string_agg(coalesce(before::text, '-') || '>' || after::text || '@' || version, ' ' order by id) from history where deal_id = $1 and field = 'amount'",
            deal.Id.Value);
        Assert.Equal("->1000@3 1000>2000@4", amounts);
        Assert.Equal(
            "customerId cycle ownerId title",
            await crm.Ask<string>("select string_agg(field, ' ' order by field) from history where deal_id = $1 and version = 1",
                deal.Id.Value));
        Assert.Equal(2L,
            await crm.Ask<long>(
                "select count(*) from history where entity_id = $1 and field = 'status' and transition_id is not null and after in ('\"consideration\"', '\"decision\"')", deal.CustomerId.ToString()));
    }
}
