using System.Diagnostics.CodeAnalysis;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>The board: five columns with their first page, count and sums, and the two strips (CONTRACT.md, GET board).</summary>
public static class GetBoard
{
    public sealed record Query(BoardFilter Filter, int Limit = PageRequest.DefaultLimit) : IRequest<BoardView>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldText.PageLimit);
            this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, Occasion occasion, PublishedRules published) : IHandler<Query, BoardView>
    {
        private const int RecentDays = 30;

        public async Task<Result<BoardView>> Handle(Query request, CancellationToken ct)
        {
            var viewer = occasion.Actor;
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var wanted = await BoardPredicate.Build(connection, viewer, request.Filter, ct);
            var cards = await BoardCards.Read(connection, viewer, wanted, Stages.All, request.Limit + 1, null, ct);
            var totals = await BoardTotals.Read(connection, wanted, ct);
            var recent = await Recent(connection, wanted, ct);
            var chances = await db.StageSettings.AsNoTracking().ToDictionaryAsync(stage => stage.Stage, stage => stage.Probability, ct);
            var rules = await published.LoadInForce(connection, ct);
            var columns = Stages.All.Select(stage => Column(stage, BoardCards.Page(cards[stage], request.Limit), totals, chances[stage]) with
            {
                MaxDays = rules.Stages.GetValueOrDefault(stage)?.MaxDays,
                WarnDays = rules.Stages.GetValueOrDefault(stage)?.WarnDays,
                MayCreate = rules.Moves.Any(move => move.Kind == MoveKind.Create && move.To == stage.ToPlace() && move.Roles.Contains(viewer.Role!.Value)),
            });
            return new BoardView([.. columns], Strip(Outcome.Completed), Strip(Outcome.Lost));

            BoardStrip Strip(Outcome outcome) => new(totals.Where(total => total.Outcome == outcome).Sum(total => total.Deals), recent.GetValueOrDefault(outcome));
        }

        private static BoardColumn Column(Stage stage, Page<DealView> page, IReadOnlyList<BoardTotals.Total> totals, decimal chance)
        {
            var own = totals.Where(total => total.Stage == stage && total.Outcome == Outcome.Open).ToList();
            return new BoardColumn(stage, own.Sum(total => total.Deals), BoardTotals.Sums(own), page.Items, page.Next)
            {
                Weighted = BoardTotals.Sums(own, chance),
            };
        }

        [SuppressMessage("Security", "CA2100", Justification = "Composed of constants; every value is a parameter.")]
        private static async Task<Dictionary<Outcome, long>> Recent(NpgsqlConnection connection, BoardPredicate wanted, CancellationToken ct)
        {
            await using var command = connection.CreateCommand();
            var join = wanted.Filter.Search is null ? "" : " join customers c on c.id = d.customer_id";
            command.CommandText = $"""
                select d.outcome, count(*) from deals d{join}
                where d.outcome <> 0 and d.closed_at > now() - make_interval(days => @days) and not d.void and d.archived_at is null and {wanted.Sql}
                group by 1
                """;
            command.Parameters.AddWithValue("days", RecentDays);
            wanted.AddTo(command.Parameters);
            var counts = new Dictionary<Outcome, long>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                counts.Add((Outcome)reader.GetInt16(0), reader.GetInt64(1));
            }

            return counts;
        }
    }
}
