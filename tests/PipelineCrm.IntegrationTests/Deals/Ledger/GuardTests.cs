using Npgsql;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Funnel;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>What the application's own role is refused by the database: facts without their history, clocks without a transition, a past
/// that is made up, what is kept.</summary>
public sealed class GuardTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    public static TheoryData<string> Refused => new(
        "update deals set amount = amount + 1000000 where id = DEAL",
        "update deals set title = 'Another' where id = DEAL",
        "update deals set currency = 'EUR' where id = DEAL",
        "update deals set expected_close = '2040-01-01' where id = DEAL",
        "update deals set source = 'event' where id = DEAL",
        "update deals set owner_id = (select id from users where id <> owner_id limit 1) where id = DEAL",
        "update deals set void = true where id = DEAL",
        "update deals set archived_at = now() where id = DEAL",
        "update deals set lost_reason = 'price' where id = DEAL",
        "update deals set entered_stage_at = now() where id = DEAL",
        "update deals set stage_entry_known = false where id = DEAL",
        "update deals set stopped_at = now() where id = DEAL",
        "update deals set paused_seconds = 5 where id = DEAL",
        "update deals set won_at = now() where id = DEAL",
        "update deals set closed_at = now() where id = DEAL",
        "update deals set furthest_stage = 5 where id = DEAL",
        "update deals set created_at = now() where id = DEAL",
        "update deals set cycle = 2 where id = DEAL",
        "update deals set customer_id = (select id from customers where id <> CUSTOMER limit 1) where id = DEAL",
        // A line that says something else.
        """
        with written as (update deals set amount = 7 where id = DEAL)
        insert into history (entity, entity_id, field, after, channel) values ('deal', DEALTEXT, 'amount', '8', 1)
        """,
        // A line that is there already, of an earlier time.
        "update deals set amount = null, currency = null where id = DEAL",
        "update customers set status = 5 where id = CUSTOMER",
        "update customers set status_since = now() where id = CUSTOMER",
        "update customers set name = 'Another' where id = CUSTOMER",
        "update customers set archived_at = now() where id = CUSTOMER",
        "update customers set referrer_id = id where id = CUSTOMER",
        "update contacts set decision_maker = not decision_maker where customer_id = CUSTOMER",
        "delete from contacts where customer_id = CUSTOMER",
        "insert into payments (id, deal_id, amount, currency, method, created_at) values (gen_random_uuid(), DEAL, 1, 'USD', 'card', now())",
        "update payments set amount = 7 where deal_id = DEAL",
        "delete from payments where deal_id = DEAL",
        "insert into quotes (id, deal_id, currency, created_at) values (gen_random_uuid(), DEAL, 'USD', now())",
        "insert into history (entity, entity_id, field, after, occurred_at, recorded_at, channel) values ('deal', DEALTEXT, 'amount', '1', now() - interval '1 day', now(), 1)",
        "insert into history (entity, entity_id, field, after, occurred_at, recorded_at, channel) values ('deal', DEALTEXT, 'amount', '1', now() - interval '1 day', now() - interval '1 day', 1)",
        "insert into history (entity, entity_id, field, after, occurred_at, recorded_at, channel) values ('deal', DEALTEXT, 'amount', '1', now() - interval '1 day', now() - interval '1 day', 5)",
        "insert into refusals (deal_id, kind, occurred_at, channel, rule_set, verdict) values (DEAL, 2, now() - interval '1 day', 1, 1, '{}')",
        """
        with moved as (update deals set stage = 2, last_seq = 2, furthest_stage = 2 where id = DEAL returning id)
        insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, channel, hash)
        select id, 2, 2, 1, 0, 2, 0, now() - interval '1 day', now(), 1, '' from moved
        """,
        "update board_totals set deals = deals + 1",
        "insert into board_deltas (stage, outcome, owner_id, currency, deals, amount) select 1, 0, owner_id, 'USD', 1, 1 from deals where id = DEAL",
        "update funnel_entries set amount = 1",
        "delete from funnel_spans",
        "delete from funnel_changed",
        "update rule_sets set content = '{}'",
        "create table x (y integer)");

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task The_application_s_role_is_refused(string sql)
    {
        var rep = await crm.User(Role.Rep);
        await crm.User(Role.Rep);
        var customer = await crm.Customer(rep);
        await crm.Customer(rep);
        var deal = await crm.Ok(new CreateDeal.Command(customer, "Deal", 500m, "USD"), rep.As());
        await crm.Ok(new AddPayment.Command(deal.Id, 5m, "USD", PaymentMethod.Card), rep.As());
        await crm.Fold(1000);
        await using var connection = await crm.AsApp();
#pragma warning disable CA2100 // Written above.
        await using var command = new NpgsqlCommand(
            sql.Replace("DEALTEXT", $"'{deal.Id}'", StringComparison.Ordinal).Replace("DEAL", $"'{deal.Id}'", StringComparison.Ordinal)
                .Replace("CUSTOMER", $"'{customer}'", StringComparison.Ordinal),
            connection);
#pragma warning restore CA2100
        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(DealSteps.Ct));
        Assert.Contains(refused.SqlState,
            new[] { PostgresErrorCodes.InsufficientPrivilege, PostgresErrorCodes.IntegrityConstraintViolation });
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);
    }

    [Fact]
    public async Task With_its_line_in_the_history_a_fact_may_change_and_a_card_may_take_another_place()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep);
        await using var connection = await crm.AsApp();
        await using var command = new NpgsqlCommand(
            """
            with written as (update deals set source = 'event', rank = rank || 'x', version = version + 1 where id = $1 returning id, version)
            insert into history (entity, entity_id, field, after, channel, deal_id, version) select 'deal', id::text, 'source', '"event"', 1, id, version from written
            """,
            connection)
        { Parameters = { new() { Value = deal.Id.Value } } };
        Assert.Equal(1, await command.ExecuteNonQueryAsync(DealSteps.Ct));
        Assert.Equal(0, (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Differences);
    }
}
