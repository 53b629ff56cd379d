using System.Globalization;
using FluentValidation;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Lost or completed deals, those closed last first: what an opened strip of the board lists.</summary>
public static class ListClosedDeals
{
    public sealed record Query(Outcome Outcome, BoardFilter Filter, PageRequest Page) : IRequest<Page<DealView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(query => query.Outcome).Must(outcome => outcome is Outcome.Lost or Outcome.Completed)
                .WithMessage(_ => FieldMessages.UnknownChoice);
            this.AddPage(query => query.Page, after => Cursor.TryRead(after, out var cursor) && Closed(cursor) is not null);
            this.AddFilter(query => query.Filter.Search, query => query.Filter.Source);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Query, Page<DealView>>
    {
        public async Task<Result<Page<DealView>>> Handle(Query request, CancellationToken ct)
        {
            var (connection, catalog) = (db.Connection, await facts.Load(ct));
            var built = await BoardPredicate.Build(connection, actors.Current, catalog, time.GetUtcNow(), request.Filter, ct);
            if (built.Problem is { } problem)
            {
                return problem;
            }

            var wanted = built.Value!;
            Cursor.TryRead(request.Page.After, out var after);
            var deals = new List<DealView>();
            await new SqlBatch(connection).QueryNamed(Sql(wanted, catalog, further: after is not null), Values,
                row => deals.Add(DealViewSql.Read(row, actors.Current, catalog))).Run(ct);
            return Cursor.ToPage(deals, request.Page.Limit, deal => new Cursor(Key(deal), deal.Id.Value));

            void Values(NpgsqlParameterCollection values)
            {
                wanted.AddTo(values);
                values.AddWithValue("outcome", (short)request.Outcome);
                values.AddWithValue("limit", request.Page.Limit + 1);
                if (after is not null)
                {
                    values.AddWithValue("closed", NpgsqlDbType.TimestampTz, Closed(after)!.Value.UtcDateTime);
                    values.AddWithValue("id", after.Id);
                }
            }
        }

        private static string Sql(BoardPredicate wanted, FactCatalog catalog, bool further) => $"""
            select {DealViewSql.Columns(catalog)} from {DealViewSql.From}
            where d.outcome = @outcome and d.closed_at is not null and not d.void and d.archived_at is null and {wanted.Sql}{(further ? " and (d.closed_at, d.id) < (@closed, @id)" : "")}
            order by d.closed_at desc, d.id desc limit @limit
            """;
    }

    private static string Key(DealView deal) => deal.ClosedAt!.Value.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Closed(Cursor? after) =>
        after is null ? DateTimeOffset.MinValue
        : DateTimeOffset.TryParseExact(after.Key, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant) ? instant : null;
}
