using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Lost or completed deals, those closed last first: what an opened strip of the board lists.</summary>
public static class ListClosedDeals
{
    public sealed record Query(Outcome Outcome, BoardFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Outcome).Must(outcome => outcome is Outcome.Lost or Outcome.Completed).WithMessage(_ => FieldText.UnknownChoice);
            this.AddPage(query => query.Page, after => Cursor.TryRead(after, out var cursor) && Closed(cursor) is not null);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var wanted = await BoardPredicate.Build(connection, actors.Current, request.Filter, ct);
            Cursor.TryRead(request.Page.After, out var after);
            var page = Cursor.Cut(await Read(connection, wanted, request, after, ct), request.Page.Limit, deal => new Cursor(Key(deal), deal.Id.Value));
            return page;
        }

        [SuppressMessage("Security", "CA2100", Justification = "Composed of constants; every value is a parameter.")]
        private async Task<List<DealView>> Read(NpgsqlConnection connection, BoardPredicate wanted, Query request, Cursor? after, CancellationToken ct)
        {
            var further = after is null ? "" : " and (d.closed_at, d.id) < (@closed, @id)";
            await using var command = new NpgsqlCommand(
                $"""
                select {DealRow.Columns} from deals d join customers c on c.id = d.customer_id join users o on o.id = d.owner_id
                where d.outcome = @outcome and d.closed_at is not null and not d.void and d.archived_at is null and {wanted.Sql}{further}
                order by d.closed_at desc, d.id desc limit @limit
                """,
                connection);
            wanted.AddTo(command.Parameters);
            command.Parameters.AddWithValue("outcome", (short)request.Outcome);
            command.Parameters.AddWithValue("limit", request.Page.Limit + 1);
            if (after is not null)
            {
                command.Parameters.AddWithValue("closed", NpgsqlDbType.TimestampTz, Closed(after)!.Value.UtcDateTime);
                command.Parameters.AddWithValue("id", after.Id);
            }

            var deals = new List<DealView>();
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct))
            {
                deals.Add(DealRow.Read(reader, actors.Current));
            }

            return deals;
        }
    }

    private static string Key(DealView deal) => deal.ClosedAt!.Value.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Closed(Cursor? after) =>
        after is null ? DateTimeOffset.MinValue
        : DateTimeOffset.TryParseExact(after.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
}
