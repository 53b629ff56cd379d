using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a board says of whole columns and strips: counts, sums and what the rules in force say, read among other
/// statements.</summary>
internal sealed class BoardFigures
{
    private const int RecentDays = 30;

    private readonly IReadOnlyList<BoardTotals.Total> _totals;
    private readonly Dictionary<Stage, decimal> _chances = [];
    private readonly Dictionary<Outcome, long> _recent = [];
    private RuleSetKey _inForce;

    private BoardFigures(SqlBatch batch, BoardPredicate wanted)
    {
        _totals = BoardTotals.AddTo(batch, wanted);
        RuleSetCache.AddInForce(batch, (key, _) => _inForce = key)
            .QueryNamed(Recent(wanted), wanted.AddTo, row => _recent.Add((Outcome)row.GetInt16(0), row.GetInt64(1)))
            .Query("select stage, probability from stages", row => _chances.Add((Stage)row.GetInt16(0), row.GetDecimal(1)));
    }

    public static BoardFigures AddTo(SqlBatch batch, BoardPredicate wanted) => new(batch, wanted);

    /// <summary>The board, once the reads have run.</summary>
    public async Task<BoardView> View(NpgsqlConnection connection, RuleSetCache ruleSets, Actor viewer, Func<Stage, Page<DealView>> cards,
        CancellationToken ct)
    {
        var rules = await ruleSets.Load(connection, _inForce, ct);
        var columns = Stages.All.Select(stage => Column(stage, cards(stage)) with
        {
            MaxDays = rules.Stages.GetValueOrDefault(stage)?.MaxDays,
            WarnDays = rules.Stages.GetValueOrDefault(stage)?.WarnDays,
            MayCreate = rules.Moves.Any(
                move => move.Kind == MoveKind.Create && move.To == stage.ToPlace() && move.Roles.Contains(viewer.Role!.Value)),
        });
        return new BoardView([.. columns], Strip(Outcome.Completed), Strip(Outcome.Lost));
    }

    private BoardStrip Strip(Outcome outcome) =>
        new(_totals.Where(total => total.Outcome == outcome).Sum(total => total.Deals), _recent.GetValueOrDefault(outcome));

    private BoardColumn Column(Stage stage, Page<DealView> page)
    {
        var own = _totals.Where(total => total.Stage == stage && total.Outcome == Outcome.Open).ToList();
        var sums = BoardTotals.Sums(own);
        return new BoardColumn(stage, own.Sum(total => total.Deals), sums, page.Items, page.Next)
        {
            Weighted = BoardTotals.Share(sums, _chances[stage]),
        };
    }

    /// <summary>Both outcomes by name, so that the index's range is that of the days.</summary>
    private static string Recent(BoardPredicate wanted) => $"""
        select d.outcome, count(*) from deals d
        where d.outcome <> 0 and d.outcome in (1, 2) and d.closed_at > now() - interval '{RecentDays} days'
          and not d.void and d.archived_at is null and {wanted.Sql}
        group by 1
        """;
}
