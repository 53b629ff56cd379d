using PipelineCrm.Domain;
using PipelineCrm.Funnel;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.IntegrationTests.Deals;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>Over random pasts at odd instants: the ledger, what reports keep and every list say the same time in stage, to the
/// second.</summary>
public sealed class OneClockTests(CrmFixture crm) : IClassFixture<CrmFixture>
{
    private const int Deals = 200;

    /// <summary>First stays that have ended: as the last transition that stopped or left them says, and as reports keep them.</summary>
    private const string Differing = """
        select count(*) filter (where e.seconds <> told.seconds), count(*)
        from (select * from funnel_entries union all select * from funnel_entries_due where deal_id in (select deal_id from funnel_changed)) e
        join lateral (
            select t.seconds_in_stage as seconds
            from transitions t
            where t.deal_id = e.deal_id and t.from_stage = e.stage and t.seconds_in_stage is not null
              and t.seq > (select min(f.seq) from transitions f where f.deal_id = e.deal_id and f.to_stage = e.stage)
              and t.seq < coalesce((select min(f.seq) from transitions f where f.deal_id = e.deal_id and f.to_stage = e.stage and f.from_stage <> e.stage
                                    and f.seq > (select min(g.seq) from transitions g where g.deal_id = e.deal_id and g.to_stage = e.stage)), 1000000)
            order by t.seq desc limit 1) told on true
        where e.seconds is not null and not exists (select from transitions u where u.deal_id = e.deal_id and u.kind = 10)
        """;

    private readonly Random _random = new(7);

    [Fact]
    public async Task Two_stays_never_differ_by_the_rounding_of_their_pauses()
    {
        var owner = (await crm.User(Role.Admin)).Value;
        var start = TimeProvider.System.GetUtcNow().AddDays(-300);
        var deals = Enumerable.Range(0, Deals).Select(_ => Past(owner, start)).ToList();
        await using (var connection = await crm.AsOwner())
        {
            await LedgerSeeder.Write(connection, deals);
        }

        await crm.Fold(Deals / 2);
        var stays = await crm.Ask<string>($"select format('%s %s', d, n) from ({Differing}) x(d, n)");
        Assert.Equal("0", stays.Split(' ')[0]);
        Assert.True(int.Parse(stays.Split(' ')[1], null) > Deals / 2, stays);

        var at = start.AddDays(250);
        var past = new FunnelScope("snapshot", At: at.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", null));
        await EachIs(past, owner, deals, deal => FunnelOracle.SoFar(deal, Micro(at)));
        var now = await crm.Ok(new GetFunnel.Query(new FunnelScope("snapshot")), new UserId(owner).As());
        await EachIs(new FunnelScope("snapshot"), owner, deals, deal => deal.Now.SecondsInStage(now.Instant), tolerance: 60);
    }

    /// <summary>The list behind a snapshot shows of each deal the time that the machine says.</summary>
    private async Task EachIs(FunnelScope scope, Guid reader, List<LedgerDeal> deals, Func<LedgerDeal, long?> expected, long tolerance = 0)
    {
        var shown = 0;
        foreach (var stage in Stages.All)
        {
            var listed = await crm.Ok(new ListFunnelDeals.Query(scope, stage.ToWire(), null, null, null,
                new PageRequest(PageRequest.MaxLimit)), new UserId(reader).As());
            foreach (var view in listed.Items)
            {
                var wanted = expected(deals.Single(deal => deal.Id == view.Id.Value));
                Assert.Equal(wanted is null, view.SecondsInStage is null);
                Assert.InRange((view.SecondsInStage ?? 0) - (wanted ?? 0), 0, tolerance);
                shown += view.SecondsInStage is null ? 0 : 1;
            }
        }

        Assert.True(shown > Deals / 10, $"{shown} shown");
    }

    private LedgerDeal Past(Guid owner, DateTimeOffset start)
    {
        var at = Micro(start.AddSeconds(_random.NextDouble() * 1e6));
        var deal = new LedgerDeal(owner, Stage.Awareness, at, dateKnown: _random.Next(8) > 0);
        for (var steps = _random.Next(2, 14); steps > 0; steps--)
        {
            at = Micro(at.AddSeconds(_random.NextDouble() * 1e6));
            var (stage, outcome) = (deal.Now.Stage, deal.Now.Outcome);
            _ = outcome == Outcome.Lost ? deal.Reopen(at)
                : _random.Next(3) > 0 || stage == Stage.PostPurchase ? deal.Lose(at)
                : _random.Next(5) == 0 && deal.MayUndo && deal.Rows.Count > 1 ? deal.Undo(at)
                : deal.To(stage + 1, at);
        }

        return deal;
    }

    /// <summary>As the database keeps it.</summary>
    private static DateTimeOffset Micro(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
