using System.Text.Json;
using Npgsql;
using PipelineCrm.Access;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Products;
using PipelineCrm.Timeline;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>A deal's history: moves, refusals and changes of facts in one list.</summary>
public sealed class DealHistoryTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_write_changed_is_one_entry_and_what_a_move_wrote_stands_under_the_move()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.NewDeal(rep, Stage.Consideration);
        deal = await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version,
            new MoveFields { Amount = 5000m, Currency = "USD", Title = "Metering" }), rep.As());
        deal = (await crm.Ok(deal.Move(MoveKind.Advance) with
        {
            Fields = new MoveFields
            {
                Amount = 6000m,
                ExpectedClose = new DateOnly(2031, 5, 6)
            }
        }, rep)).Deal;
        deal = await crm.Ok(new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Currency = "EUR" }), rep.As());
        deal = await crm.Ok(
            new UpdateDeal.Command(deal.Id, deal.Version, new MoveFields { Amount = (decimal?)null, Currency = (string?)null }), rep.As());

        var items = await All(deal.Id, rep, 50);
        Assert.Equal(["change", "change", "move 2", "change", "move 1"], items.Select(Kind));
        Assert.Equal(["amount 6000 EUR > -", "currency \"EUR\" > -"], items[0].Changes.Select(Said));
        Assert.Equal(["currency \"USD\" > \"EUR\""], items[1].Changes.Select(Said));
        Assert.Equal(["amount 5000 USD > 6000 USD", "expectedClose - > \"2031-05-06\""], items[2].Changes.Select(Said));
        Assert.Equal(["title \"Deal\" > \"Metering\"", "amount - > 5000 USD", "currency - > \"USD\""], items[3].Changes.Select(Said));
        Assert.Equal(["customerId", "ownerId", "title"], items[4].Changes.Select(fact => fact.Field).Order());
        Assert.All(items, item => Assert.Equal((rep, Channel.Page), (item.By!.Value, item.Channel)));
    }

    [Fact]
    public async Task Quotes_payments_hand_overs_and_the_archive_are_told_with_names_and_currencies()
    {
        var team = await crm.Team();
        var (rep, takes, manager) = (await crm.User(Role.Rep, team), await crm.User(Role.Rep, team), await crm.User(Role.Manager, team));
        var deal = await crm.NewDeal(rep);
        var product = (await crm.Ok(new SaveProduct.Command(null, 0, "Meter", 12, "EUR"), manager.As())).Id;
        await crm.Ok(new AddQuote.Command(deal.Id, [new(product, 3), new(product, 1, 9.5m, 10)], null, "EUR"), rep.As());
        await crm.Ok(new AddPayment.Command(deal.Id, 20, "CNY", PaymentMethod.Wallet, new DateOnly(2026, 2, 3)), rep.As());
        await crm.Ok(new ReassignDeals.Command(rep, takes, [deal.Id]), manager.As());
        deal = await crm.Get(deal.Id, takes);
        deal = await crm.Ok(new ArchiveDeal.Command(deal.Id, deal.Version), takes.As());
        await crm.Ok(new RestoreDeal.Command(deal.Id, deal.Version), takes.As());

        var items = await All(deal.Id, manager, 50);
        Assert.Equal(["change", "change", "change", "change", "change", "move 1"], items.Select(Kind));
        Assert.Equal([("archivedAt", true), ("archivedAt", false)],
            items.Take(2).Select(item => Assert.Single(item.Changes)).Select(fact => (fact.Field, fact.After is null)));
        var handed = Assert.Single(items[2].Changes);
        Assert.Equal((await Name(rep), await Name(takes), await Name(manager)), (handed.BeforeName, handed.AfterName, items[2].ByName));
        Assert.Equal(["amount - > 20 CNY", "currency - > \"CNY\"", "method - > \"wallet\"", "paidAt - > \"2026-02-03\""],
            items[3].Changes.Select(Said).Order(StringComparer.Ordinal));
        var quote = items[4].Changes;
        Assert.Equal("currency - > \"EUR\"", Said(quote[0]));
        var lines = quote.Where(fact => fact.Entity == "quoteLine").ToList();
        Assert.Equal(8, lines.Count);
        Assert.Equal(["Meter", "Meter"], lines.Where(fact => fact.Field == "productId").Select(fact => fact.AfterName));
        Assert.Equal([(12m, "EUR"), (9.5m, "EUR")], lines.Where(fact => fact.Field == "price").OrderBy(fact => fact.EntityId)
            .Select(fact => (fact.After!.Value.GetDecimal(), fact.AfterCurrency)));
    }

    [Fact]
    public async Task Of_a_deal_that_the_reader_may_not_see_nothing_is_told()
    {
        var (rep, other, admin) = (await crm.User(Role.Rep), await crm.User(Role.Rep), await crm.User(Role.Admin));
        var first = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.PostPurchase, rep);
        var again = (await crm.Ok(first.Move(MoveKind.Repurchase), rep)).Created!;
        await crm.Ok(new ReassignDeals.Command(rep, other, [again.Id]), admin.As());
        var (whole, seen) = (await All(again.Id, admin, 50), await All(again.Id, other, 50));
        Assert.Equal(first.Title, Facts(whole).Single(fact => fact.Field == "previousDealId").AfterName);
        // Neither which deal it came of nor that it came of one.
        Assert.Equal(Facts(whole).Where(fact => fact.Field != "previousDealId").Select(fact => fact.Id),
            Facts(seen).Select(fact => fact.Id));
        Assert.Contains(first.Id.ToString(), JsonSerializer.Serialize(whole, WireNames.Json), StringComparison.Ordinal);
        Assert.DoesNotContain(first.Id.ToString(), JsonSerializer.Serialize(seen, WireNames.Json), StringComparison.Ordinal);

        static IEnumerable<FactChange> Facts(IEnumerable<DealHistoryItem> items) => items.SelectMany(item => item.Changes);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(20261122)]
    public async Task Every_change_that_is_not_technical_appears_exactly_once_over_all_pages(int seed)
    {
        var life = new RandomActivity(crm, new Random(seed));
        await life.Start();
        for (var step = 0; step < 150; step++)
        {
            await life.Step();
        }

        foreach (var deal in life.Deals)
        {
            var (told, moves, refusals) = (await Told(deal), await Ids("select seq::bigint from transitions where deal_id = $1", deal),
                await Ids("select id from refusals where deal_id = $1", deal));
            foreach (var size in new[] { 1, 2, 7, 200 })
            {
                var items = await All(deal, life.Admin, size);
                Assert.Equal(told.Keys.Order(), items.SelectMany(item => item.Changes).Select(fact => fact.Id).Order());
                Assert.Equal(moves, items.Where(item => item.Transition is not null).Select(item => (long)item.Transition!.Seq).Order());
                var entries = items.Select(item => item.Refusal).OfType<RefusalView>().ToList();
                Assert.Equal(refusals.Count, entries.Sum(entry => entry.Times));
                Assert.Subset(refusals.ToHashSet(), entries.Select(entry => entry.Id).ToHashSet());
                Assert.Equal(entries.Count, entries.Select(
                    entry => (entry.Kind, entry.To, entry.By, entry.RuleSet, entry.Verdict.Reason, Why(entry))).Distinct().Count());
                Assert.Equal(items.Select(item => item.OccurredAt).OrderDescending(), items.Select(item => item.OccurredAt));
                Assert.All(items, item => Assert.All(item.Changes, fact => Assert.Equal(item.Transition?.Id, told[fact.Id])));
                Assert.All(items.Where(item => item.Transition is null && item.Refusal is null), item => Assert.NotEmpty(item.Changes));
            }

            var changes = await All(deal, life.Admin, 3, TimelinePart.Changes);
            Assert.Equal(told.Keys.Order(), changes.SelectMany(item => item.Changes).Select(fact => fact.Id).Order());
            Assert.All(changes, item => Assert.NotEmpty(item.Changes));
            var moved = await All(deal, life.Admin, 3, TimelinePart.Moves);
            Assert.Equal((moves.Count, refusals.Count),
                (moved.Count(item => item.Transition is not null), moved.Sum(item => item.Refusal?.Times ?? 0)));
        }

        Assert.True(life.Done.Values.All(times => times > 0), string.Join(", ", life.Done));
    }

    [Fact]
    public async Task The_same_refusal_again_and_again_is_one_entry_with_a_count_until_a_day_has_gone_by()
    {
        var (admin, other) = (await crm.User(Role.Admin), await crm.User(Role.Admin));
        var deal = await crm.NewDeal(admin);
        for (var i = 0; i < 4; i++)
        {
            await crm.No(deal.Move(MoveKind.Complete), admin.As());
        }

        await crm.No(deal.Move(MoveKind.Complete), other.As());
        await crm.No(deal.Move(MoveKind.Skip, Place.Purchase), admin.As());
        Assert.Equal("skip 1, complete 1, complete 4", await Refused());
        var entry = (await All(deal.Id, admin, 50, TimelinePart.Moves)).Select(item => item.Refusal).OfType<RefusalView>()
            .Single(refusal => refusal.Times == 4);
        Assert.True(entry.FirstAt < entry.OccurredAt);

        await crm.Pretend(
            $"update refusals set occurred_at = occurred_at - interval '25 hours' where id in (select id from refusals where deal_id = '{deal.Id}' order by id limit 2)");
        Assert.Equal("skip 1, complete 1, complete 2, complete 2", await Refused());

        async Task<string> Refused()
        {
            var items = await All(deal.Id, admin, 2, TimelinePart.Moves);
            return string.Join(", ",
                items.Select(item => item.Refusal).OfType<RefusalView>().Select(refusal => $"{refusal.Kind.ToWire()} {refusal.Times}"));
        }
    }

    [Fact]
    public async Task A_page_reads_the_deals_rows_and_never_the_whole_table()
    {
        var rep = await crm.User(Role.Rep);
        var deal = await crm.AdvanceTo(await crm.NewDeal(rep), Stage.Decision, rep);
        await using var connection = await crm.AsOwner();
        await Run(connection, """
            insert into history (entity, entity_id, field, before, after, occurred_at, recorded_at, channel, deal_id, version)
            select 'deal', d::text, 'amount', '1', '2', now(), now(), 6, d, n % 20
            from (select gen_random_uuid() as d from generate_series(1, 5000)) made, generate_series(1, 30) n
            """);
        await Run(connection, "analyze history, transitions, refusals, deals");
        object[] places = [deal.Id.Value, Array.Empty<Guid>(), FactRow.Technical, 0, TimelineCursor.Newest.At, 0, 0L, 51];
        object[] facts = [deal.Id.Value, Array.Empty<Guid>(), FactRow.Technical, new[] { 1L, 2L }, new[] { 1L, 2L, 3L }];
        Assert.DoesNotContain("Seq Scan on history", await Plan(connection, ListDealHistory.Handler.Places, places),
            StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on history", await Plan(connection, ListDealHistory.Handler.Facts, facts),
            StringComparison.Ordinal);
    }

    private async Task<List<DealHistoryItem>> All(DealId deal, UserId reader, int size, TimelinePart part = TimelinePart.All)
    {
        var (items, after) = (new List<DealHistoryItem>(), (string?)null);
        do
        {
            var page = await crm.Ok(new ListDealHistory.Query(deal, new PageRequest(size, after), part), reader.As());
            Assert.True(page.Items.Count <= size);
            items.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);

        return items;
    }

    /// <summary>What has to be told, said anew: by the id of the change the transition that made it.</summary>
    private async Task<Dictionary<long, long?>> Told(DealId deal)
    {
        const string sql = """
            select h.id, h.transition_id from history h
            where (h.deal_id = $1 or h.entity = 'quoteLine' and split_part(h.entity_id, '/', 1) in (select id::text from quotes where deal_id = $1))
              and (h.entity, h.field) in (
                  ('deal', 'title'), ('deal', 'amount'), ('deal', 'currency'), ('deal', 'expectedClose'), ('deal', 'source'), ('deal', 'ownerId'), ('deal', 'archivedAt'),
                  ('deal', 'customerId'), ('deal', 'productId'), ('deal', 'previousDealId'), ('deal', 'referredByDealId'), ('quote', 'currency'), ('quote', 'validUntil'),
                  ('quoteLine', 'productId'), ('quoteLine', 'quantity'), ('quoteLine', 'price'), ('quoteLine', 'discountPercent'),
                  ('payment', 'amount'), ('payment', 'currency'), ('payment', 'method'), ('payment', 'paidAt'))
            """;
        var told = new Dictionary<long, long?>();
        await using var connection = await crm.AsOwner();
        await new SqlBatch(connection).Query(sql, row => told.Add(row.GetInt64(0), row.GetOrNull<long>(1)), deal.Value).Run(Ct);
        return told;
    }

    private async Task<List<long>> Ids(string sql, DealId deal)
    {
        var ids = new List<long>();
        await using var connection = await crm.AsOwner();
        await new SqlBatch(connection).Query(sql, row => ids.Add(row.GetInt64(0)), deal.Value).Run(Ct);
        return [.. ids.Order()];
    }

    private Task<string> Name(UserId user) => crm.Ask<string>("select display_name from users where id = $1", user.Value);

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<string> Plan(NpgsqlConnection connection, string sql, object[] values)
    {
        var lines = new List<string>();
        await new SqlBatch(connection).Query("explain " + sql, row => lines.Add(row.GetString(0)), values).Run(Ct);
        return string.Join('\n', lines);
    }

    private static string Kind(DealHistoryItem item) => item switch
    {
        { Transition: { } move } => $"move {move.Seq}",
        { Refusal: not null } => "refusal",
        _ => "change",
    };

    private static string Why(RefusalView refusal) => string.Join(' ', refusal.Verdict.Stopping.Select(one => one.Rule + one.Field));

    private static string Said(FactChange fact) =>
        $"{fact.Field} {Value(fact.Before, fact.BeforeCurrency)} > {Value(fact.After, fact.AfterCurrency)}";

    private static string Value(JsonElement? value,
        string? currency) => value is { } json ? $"{json.GetRawText()} {currency}".TrimEnd() : "-";
}
