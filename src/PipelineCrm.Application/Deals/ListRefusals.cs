using System.Globalization;
using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>A requested move that was refused, as the history shows it.</summary>
/// <param name="Verdict">Without shadow conditions.</param>
public sealed record RefusalView(long Id, MoveKind Kind, Place? To, DateTimeOffset OccurredAt, UserId? By, string? ByName, Channel Channel, int RuleSet, Verdict Verdict);

/// <summary>A deal's refusals, oldest first.</summary>
public static class ListRefusals
{
    public sealed record Query(DealId Id, PageRequest Page) : IRequest<Page<RefusalView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(x => x.Page, after => long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Page<RefusalView>>
    {
        private const string Sql = """
            select r.id, r.kind, r.to_place, r.occurred_at, r.by_user, u.display_name, r.channel, r.rule_set, r.verdict::text
            from refusals r left join users u on u.id = r.by_user where r.deal_id = $1 and r.id > $2 order by r.id limit $3
            """;

        public async Task<Result<Page<RefusalView>>> Handle(Query request, CancellationToken ct)
        {
            var (page, seen, rows) = (request.Page, false, new List<RefusalView>());
            await new Reads((NpgsqlConnection)db.Database.GetDbConnection())
                .Add(
                    "select 1 from deals d where d.id = $1 and not d.void and ($2 is null or d.owner_id = any($2))",
                    _ => seen = true,
                    request.Id.Value,
                    Reads.Or(actors.Current.Sees.Ids))
                .Add(Sql, row => rows.Add(Read(row)), request.Id.Value, page.After is { } after ? long.Parse(after, CultureInfo.InvariantCulture) : 0L, page.Limit + 1)
                .Run(ct);
            return seen
                ? new Page<RefusalView>([.. rows.Take(page.Limit)], rows.Count > page.Limit ? rows[page.Limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null)
                : new Problem(ProblemCode.NotFound, ProblemText.NotFound);
        }

        private static RefusalView Read(NpgsqlDataReader row) => new(
            row.GetInt64(0), (MoveKind)row.GetInt16(1), (Place?)row.Maybe<short>(2), row.GetFieldValue<DateTimeOffset>(3),
            row.Maybe<Guid>(4) is { } by ? new UserId(by) : null, row.Text(5), (Channel)row.GetInt16(6), row.GetInt32(7),
            JsonSerializer.Deserialize<Verdict>(row.GetString(8), WireNames.Json)!.ForMover());
    }
}
