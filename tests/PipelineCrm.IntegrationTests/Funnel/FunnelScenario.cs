using System.Globalization;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Funnel;

namespace PipelineCrm.IntegrationTests.Funnel;

/// <summary>Two teams under a third, people of every role, and a random past of their deals.</summary>
public sealed class FunnelScenario
{
    private readonly UseCaseSender _sender;
    private readonly Guid[] _owners;
    private readonly Dictionary<Guid, TeamId> _teams;
    private readonly (TeamId Top, TeamId East, TeamId West) _tree;

    private FunnelScenario(UseCaseSender sender, Guid[] owners, Dictionary<Guid, TeamId> teams, (TeamId, TeamId, TeamId) tree,
        List<LedgerDeal> deals)
    {
        (_sender, _owners, _teams, _tree) = (sender, owners, teams, tree);
        Deals = deals;
    }

    /// <param name="Now">Whether a deal passes by its present values.</param>
    /// <param name="Then">Whether it passed at an instant, by the values of then.</param>
    public sealed record Filter(FunnelScope Scope, DateTimeOffset From, DateTimeOffset To, Func<LedgerDeal, bool> Now,
        Func<LedgerDeal, DateTimeOffset, bool> Then);

    public List<LedgerDeal> Deals { get; }

    /// <summary>Who asks, and whose deals they may see; the admin first.</summary>
    public IReadOnlyList<(UserId Id, Func<Guid, bool> Sees)> Viewers { get; private set; } = [];

    /// <param name="folded">How many of the deals' changes are kept for reports already; what follows for the others, each question works
    /// out.</param>
    public static async Task<FunnelScenario> Make(CrmFixture crm, int seed, DateTimeOffset start, int folded)
    {
        var top = await crm.Team();
        var (east, west) = (await crm.Team(top), await crm.Team(top));
        var rep = await crm.User(Role.Rep, east);
        var (others, manager) = (new[] { await crm.User(Role.Rep, east), await crm.User(Role.Rep, west) },
            await crm.User(Role.Manager, top));
        var (viewer, loner, admin) = (await crm.User(Role.Viewer, west), await crm.User(Role.Rep), await crm.User(Role.Admin));
        var teams = new Dictionary<Guid, TeamId>
        {
            [rep.Value] = east,
            [others[0].Value] = east,
            [others[1].Value] = west,
            [manager.Value] = top
        };
        Guid[] owners = [rep.Value, others[0].Value, others[1].Value, manager.Value, loner.Value];
        var deals = new RandomHistory(seed, owners, start).Deals(60);
        await using var connection = await crm.AsOwner();
        await LedgerSeeder.Write(connection, deals);
        Assert.Equal(Math.Min(folded, deals.Count), await crm.Fold(folded));
        return new FunnelScenario(crm.Door, owners, teams, (top, east, west), deals)
        {
            Viewers =
            [
                (admin, _ => true),
                (manager, owner => teams.ContainsKey(owner)),
                (rep, owner => teams.GetValueOrDefault(owner) == east),
                (viewer, owner => teams.GetValueOrDefault(owner) == west),
                (loner, owner => owner == loner.Value),
            ],
        };
    }

    /// <summary>Every viewer without a filter, and every filter by one of them.</summary>
    public IEnumerable<(UserId Viewer, Func<Guid, bool> Sees, Filter Filter)> Questions(DateTimeOffset start)
    {
        var filters = Filters(start).ToList();
        return Viewers.Select(viewer => (viewer.Id, viewer.Sees, filters[0]))
            .Concat(filters.Skip(1).Select((filter, i) => (Viewers[i % 3].Id, Viewers[i % 3].Sees, filter)));
    }

    private IEnumerable<Filter> Filters(DateTimeOffset start)
    {
        var (all, end) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var (from, to) = (start.AddDays(30), start.AddDays(100));
        yield return new(new FunnelScope(), all, end, _ => true, (_, _) => true);
        yield return new(new FunnelScope("passed", Text(from), Text(to)), from, to, _ => true, (_, _) => true);
        yield return new(new FunnelScope(From: Text(from), Owner: $"{_owners[0]}"), from, end, d => d.Owner == _owners[0],
            (d, at) => Equals(FunnelOracle.Value(d, "ownerId", at), _owners[0]));
        yield return new(new FunnelScope(To: Text(to), Source: "event"), all, to, d => d.Source == "event",
            (d, at) => Equals(FunnelOracle.Value(d, "source", at), "event"));
        yield return new(new FunnelScope(Team: $"{_tree.Top}"), all, end, d => _teams.ContainsKey(d.Owner), (d, at) => In(d, at, null));
        yield return new(new FunnelScope(Team: $"{_tree.East}"), all, end, d => _teams.GetValueOrDefault(d.Owner) == _tree.East,
            (d, at) => In(d, at, _tree.East));
    }

    public async Task<FunnelView> Ask(UserId viewer, FunnelScope scope)
    {
        var result = await _sender.Send(new GetFunnel.Query(scope), new Caller(viewer, Channel.Api), TestContext.Current.CancellationToken);
        Assert.Null(result.Problem);
        return result.Value!;
    }

    /// <summary>The number's list, page by page, holds exactly the expected deals, as many as the number says.</summary>
    public async Task<IReadOnlyList<DealView>> Lists(
        UserId viewer, FunnelScope scope, Stage? stage, FunnelNumber number, long counted, IEnumerable<LedgerDeal> expected,
        string? reason = null, string? currency = null)
    {
        var listed = new List<DealView>();
        string? after = null;
        do
        {
            var query = new ListFunnelDeals.Query(scope, stage?.ToWire(), number.ToWire(), reason, currency, new PageRequest(25, after));
            var page = await _sender.Send(query, new Caller(viewer, Channel.Api), TestContext.Current.CancellationToken);
            Assert.Null(page.Problem);
            Assert.Equal(counted, page.Value!.Total);
            listed.AddRange(page.Value.Items);
            after = page.Value.Next;
        }
        while (after is not null);
        Assert.Equal(expected.Select(deal => deal.Id).Order(), listed.Select(deal => deal.Id.Value).Order());
        Assert.Equal(counted, listed.Count);
        return listed;
    }

    /// <summary>What each move and each archiving added to the stage's open deals, or took from them.</summary>
    public static IEnumerable<(DateTimeOffset At, int Change)> Steps(LedgerDeal deal, Stage stage)
    {
        var events = deal.Rows.Select(row => (row.At, Row: (LedgerRow?)row, Archived: (bool?)null))
            .Concat(deal.Facts.Where(fact => fact.Field == "archivedAt")
                .Select(fact => (fact.At, (LedgerRow?)null, (bool?)(fact.Value is not null))))
            .OrderBy(e => e.At);
        var (position, archived, was) = ((Position?)null, false, 0);
        foreach (var (at, row, nowArchived) in events)
        {
            position = row?.To ?? position;
            archived = nowArchived ?? archived;
            var counts = !archived && position == new Position(stage, Outcome.Open) ? 1 : 0;
            yield return (at, counts - was);
            was = counts;
        }
    }

    /// <summary>By definition: the least length by which at least half have ended, those cut off shared out among the longer (Efron
    /// 1967).</summary>
    public static double? Median(List<(long Seconds, bool GoesOn)> stays)
    {
        var ordered = stays.OrderBy(s => s.Seconds).ThenBy(s => s.GoesOn).ToList();
        var weight = Enumerable.Repeat(1.0 / Math.Max(1, ordered.Count), ordered.Count).ToArray();
        var gone = 0.0;
        for (var i = 0; i < ordered.Count; i++)
        {
            if (!ordered[i].GoesOn)
            {
                gone += weight[i];
                if (gone >= 0.5 - 1e-9)
                {
                    return ordered[i].Seconds / 86_400.0;
                }
            }

            for (var longer = i + 1; ordered[i].GoesOn && longer < ordered.Count; longer++)
            {
                weight[longer] += weight[i] / (ordered.Count - i - 1);
            }
        }

        return null;
    }

    public static FunnelStage Of(FunnelView view, Stage stage) => view.Stages.Single(s => s.Stage == stage);

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private bool In(LedgerDeal deal, DateTimeOffset at, TeamId? team) =>
        FunnelOracle.Value(deal, "ownerId", at) is Guid owner && _teams.TryGetValue(owner, out var its) && (team is null || its == team);
}
