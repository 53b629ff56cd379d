using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Customers;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Funnel;
using PipelineCrm.IntegrationTests.Live;
using PipelineCrm.Persistence;
using PipelineCrm.Products;
using PipelineCrm.Rules;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>What a superuser forges with triggers and foreign keys asleep, and that verify finds it. Each in a database in which nothing
/// differs before.</summary>
public sealed class ForgeryTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    /// <summary>DEAL, CUSTOMER, RULES (the version in force): of the story below. Then words of the sentence that names it.</summary>
    public static TheoryData<string, string> Forgeries => new()
    {
        { "update deals set amount = amount + 1000000 where id = DEAL", "amount" },
        { "update deals set title = 'Another' where id = DEAL", "title" },
        { "update deals set currency = 'EUR' where id = DEAL", "currency" },
        { "update deals set expected_close = expected_close + 1 where id = DEAL", "expectedClose" },
        { "update deals set source = 'event' where id = DEAL", "source" },
        { "update deals set owner_id = (select id from users where id <> owner_id limit 1) where id = DEAL", "ownerId" },
        { "update deals set product_id = (select id from products limit 1) where id = DEAL", "productId" },
        { "update deals set lost_reason = 'price' where id = DEAL", "lostReason" },
        { "update deals set archived_at = now() where id = DEAL", "archivedAt" },
        { "update deals set void = true where id = DEAL", "void" },
        { "update deals set cycle = 7 where id = DEAL", "cycle" },
        { "update deals set customer_id = (select id from customers where id <> CUSTOMER limit 1) where id = DEAL", "customerId" },
        { "update deals set previous_deal_id = id where id = DEAL", "previousDealId" },
        { "update deals set referred_by_deal_id = id where id = DEAL", "referredByDealId" },
        { "update deals set created_at = created_at - interval '1 year' where id = DEAL", "was created" },
        { "update deals set entered_stage_at = entered_stage_at - interval '1 day' where id = DEAL", ": is " },
        { "update deals set paused_seconds = 77 where id = DEAL", ": is " },
        { "update deals set stopped_at = now() where id = DEAL", ": is " },
        { "update deals set won_at = now() where id = DEAL", ": is " },
        { "update deals set closed_at = now() where id = DEAL", ": is " },
        { "update deals set furthest_stage = 5 where id = DEAL", ": is " },
        { "update deals set stage = 4 where id = DEAL", ": is " },
        { "update deals set version = 1 where id = DEAL", "version" },
        { "delete from deals where id = DEAL", "is gone" },
        { "update history set after = '1' where entity_id = DEALTEXT and field = 'amount' and id = (select max(id) from history where entity_id = DEALTEXT and field = 'amount')", "amount" },
        { "delete from history where entity_id = DEALTEXT and field = 'title'", "title" },

        { "update transitions set reason_text = 'another' where deal_id = DEAL and seq = 2", "hash" },
        { "update transitions set by_user = null where deal_id = DEAL and seq = 1", "hash" },
        { "update transitions set rule_set_hash = null where deal_id = DEAL and seq = 2", "hash" },
        { "update transitions set seconds_in_stage = 5 where deal_id = DEAL and seq = 2", "keeps" },
        { "delete from transitions where deal_id = DEAL and seq = 2", "should be number" },
        // The last row of the chain taken out, the deal set back as if it had never been: what it left elsewhere tells.
        {
            """
            with gone as (delete from transitions where deal_id = DEAL and seq = 3 returning *)
            update deals d set stage = gone.from_stage, last_seq = 2, furthest_stage = 2, version = gone.version - 1,
                   entered_stage_at = (gone.before #>> '{state,enteredStageAt}')::timestamptz
            from gone where d.id = gone.deal_id
            """, "which is gone"
        },

        { "update customers set status = 5 where id = CUSTOMER", "status" },
        { "update customers set returning_customer = true where id = CUSTOMER", "status" },
        { "update customers set status_since = status_since - interval '1 day' where id = CUSTOMER", "statusSince" },
        { "update customers set type = 1 where id = CUSTOMER", "type" },
        { "update customers set source = 'event' where id = CUSTOMER", "source" },
        { "update customers set sector = 'software' where id = CUSTOMER", "sector" },
        { "update customers set country = 'Kenya' where id = CUSTOMER", "country" },
        { "update customers set email = null where id = CUSTOMER", "email" },
        { "update customers set phone = '1' where id = CUSTOMER", "phone" },
        { "update customers set archived_at = now() where id = CUSTOMER", "archivedAt" },
        { "update customers set referrer_id = id where id = CUSTOMER", "referrerId" },
        { "update customers set placeholder = true where id = CUSTOMER", "placeholder" },

        { "update payments set amount = amount * 2 where deal_id = DEAL", "payment" },
        { "update payments set currency = 'EUR' where deal_id = DEAL", "payment" },
        { "update payments set method = 'cash' where deal_id = DEAL", "payment" },
        { "update payments set paid_at = '2020-01-01' where deal_id = DEAL", "payment" },
        { "delete from payments where deal_id = DEAL", "is gone" },
        { "insert into payments (id, deal_id, amount, currency, method, created_at) values (gen_random_uuid(), DEAL, 1, 'USD', 'card', now())", "payment" },
        { "update quotes set valid_until = '2040-01-01' where deal_id = DEAL", "quote" },
        { "update quote_lines set price = 1 where quote_id in (select id from quotes where deal_id = DEAL)", "quoteLine" },
        { "delete from quote_lines where quote_id in (select id from quotes where deal_id = DEAL)", "is gone" },
        { "update contacts set decision_maker = not decision_maker where customer_id = CUSTOMER", "contact" },
        { "delete from contacts where customer_id = CUSTOMER", "is gone" },

        { "update refusals set verdict = verdict || '{\"x\": 1}' where deal_id = DEAL", "refusal" },
        { "delete from refusals where id = (select min(id) from refusals where deal_id = DEAL)", "refusal" },
        { "update rule_sets set content = jsonb_set(content, '{stages}', '{}') where version = RULES", "rule set RULES" },
        { "update rule_sets set content = '{\"moves\": []}', hash = sha256('new') where version = RULES", "rule set RULES" },
        { "update rule_sets r set content = '{\"moves\": []}', hash = rule_set_hash(row(r.version, '{\"moves\": []}', r.note, r.published_by, r.published_at, r.in_force_from, null)::rule_sets) where version = RULES", "name another hash" },

        { "update board_totals set deals = deals + 1", "total" },
        { "update board_totals set amount = amount + 1", "total" },
        { "insert into board_deltas (stage, outcome, owner_id, currency, deals, amount) select stage, 0, owner_id, 'USD', 1, 5 from deals where id = DEAL", "total" },
        { "update funnel_entries set entered_at = entered_at - interval '1 day' where deal_id = DEAL", "entries" },
        { "update funnel_spans set amount = amount + 1 where deal_id = DEAL", "open times" },
        { "delete from funnel_entries where deal_id = DEAL", "entries" },
        { "delete from funnel_changed; update funnel_spans set stage = 5 where deal_id = DEAL", "open times" },
        { "insert into funnel_changed values (DEAL); update funnel_entries set entered_at = entered_at - interval '1 day' where deal_id = DEAL", "not folded in" },
        { "insert into funnel_changed values (DEAL); update funnel_spans set from_at = from_at - interval '1 day' where deal_id = DEAL",
            "not folded in" },
        { "insert into funnel_changed values (DEAL); update funnel_spans set amount = 123456 where deal_id = DEAL", "not folded in" },
    };

    private int _rules;

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Verify_finds_what_was_forged_and_names_it(string forgery, string named)
    {
        var deal = await Story();
        var before = await Verify();
        var sql = forgery.Replace("DEALTEXT", $"'{deal.Id}'", StringComparison.Ordinal)
            .Replace("DEAL", $"'{deal.Id}'", StringComparison.Ordinal)
            .Replace("CUSTOMER", $"'{deal.CustomerId}'", StringComparison.Ordinal).Replace("RULES", $"{_rules}", StringComparison.Ordinal);
        named = named.Replace("RULES", $"{_rules}:", StringComparison.Ordinal);
        Assert.NotEqual(0, await crm.Pretend(sql));
        var after = await Verify();
        Assert.True(after.Except(before).Any(sentence => sentence.Contains(named, StringComparison.Ordinal)),
            string.Join('\n', after.Except(before).DefaultIfEmpty("found nothing")));
    }

    /// <summary>A deal with all that can belong to one: two moves, a refused one, a quote, a payment, a contact; folded in.</summary>
    private async Task<DealView> Story()
    {
        var admin = await crm.User(Role.Admin);
        await new OutboxActors(crm, admin, admin, admin).SaveDraft();
        _rules = (await crm.Ok(new PublishRules.Command("Anew"), admin.As())).Version;
        var customer =
            (await crm.Ok(new CreateCustomer.Command("Example Works", Email: "works@test.example", Source: "website"), admin.As())).Id;
        await crm.Customer(admin);
        await crm.Ok(new AddContact.Command(customer, "Contact", DecisionMaker: true), admin.As());
        var deal = await crm.Ok(new CreateDeal.Command(
            customer, new MoveFields
            {
                Title = "Deal",
                Amount = 500m,
                Currency = "USD",
                ExpectedClose = new DateOnly(2030, 1, 1),
                Source = "website"
            }), admin.As());
        var product = await crm.Ok(new SaveProduct.Command(null, 0, $"Boat {Guid.NewGuid()}", 10m, "USD"), admin.As());
        await crm.Ok(new AddQuote.Command(deal.Id, [new AddQuote.Line(product.Id)], new DateOnly(2031, 1, 1)), admin.As());
        await crm.Ok(new AddPayment.Command(deal.Id, 123m, "USD", PaymentMethod.Card, new DateOnly(2026, 1, 1)), admin.As());
        deal = (await crm.Ok((await crm.Get(deal.Id, admin)).Move(MoveKind.Advance), admin)).Deal;
        for (var i = 0; i < 2; i++)
        {
            await crm.No(deal.Move(MoveKind.Complete), admin.As());
        }

        deal = (await crm.Ok(deal.Move(MoveKind.Advance), admin)).Deal;
        await crm.Fold(1_000_000);
        await using var scope = crm.Services.CreateAsyncScope();
        await BoardTotalsProjection.CatchUpNow(scope.ServiceProvider.GetRequiredService<CrmDbContext>(), DealSteps.Ct);
        return deal;
    }

    private async Task<IReadOnlyList<string>> Verify() => (await crm.Ok(new VerifyLedger.Query(), Caller.Console)).Sentences;
}
