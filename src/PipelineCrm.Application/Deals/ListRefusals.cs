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
        private const string Sql = $"""
            select r.id, r.kind, r.to_place, r.occurred_at, r.by_user, u.display_name, r.channel, r.rule_set, r.verdict::text
            from refusals r join deals d on d.id = r.deal_id left join users u on u.id = r.by_user
            where {Ownership.DealIsSeen} and r.id > $3 order by r.id limit $4
            """;

        public async Task<Result<Page<RefusalView>>> Handle(Query request, CancellationToken ct)
        {
            var (reader, page, seen, rows) = (actors.Current, request.Page, false, new List<RefusalView>());
            var after = page.After is { } last ? long.Parse(last, CultureInfo.InvariantCulture) : 0L;
            await new Reads((NpgsqlConnection)db.Database.GetDbConnection())
                .AddSeen(request.Id, reader, () => seen = true)
                .Add(Sql, row => rows.Add(Read(row)), request.Id.Value, Reads.Or(reader.Sees.Ids), after, page.Limit + 1)
                .Run(ct);
            return seen ? Pages.Cut(rows, page.Limit, row => row.Id.ToString(CultureInfo.InvariantCulture)) : new Problem(ProblemCode.NotFound, ProblemText.NotFound);
        }

        private static RefusalView Read(NpgsqlDataReader row) => new(
            row.GetInt64(0), (MoveKind)row.GetInt16(1), (Place?)row.Maybe<short>(2), row.GetFieldValue<DateTimeOffset>(3),
            row.Maybe<Guid>(4) is { } by ? new UserId(by) : null, row.Text(5), (Channel)row.GetInt16(6), row.GetInt32(7),
            JsonSerializer.Deserialize<Verdict>(row.GetString(8), WireNames.Json)!.ForMover());
    }
}
