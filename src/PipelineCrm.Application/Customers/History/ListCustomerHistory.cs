using FluentValidation;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Timeline;

namespace PipelineCrm.Customers;

/// <summary>One entry of a customer's history: what one person changed at once of the customer or of one contact, or what a deal's move
/// made of the status.</summary>
/// <param name="Contact">What the changed contact is called now; null where the customer changed.</param>
/// <param name="Cause">The deal whose move changed the status; null where none did, and where the reader may not see it: then nobody is
/// named either.</param>
public sealed record CustomerHistoryItem(
    DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, UserId? By, string? ByName, Channel Channel, string? Contact, StatusCause? Cause,
    IReadOnlyList<FactChange> Changes);

/// <summary>A deal that changed its customer's status.</summary>
/// <param name="Id">Null where the deal's opening was undone.</param>
public sealed record StatusCause(DealId? Id, string Title);

/// <summary>All changes of a customer's facts and contacts, newest first.</summary>
public static class ListCustomerHistory
{
    public sealed record Query(CustomerId Id, PageRequest Page) : IRequest<Page<CustomerHistoryItem>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(q => q.Page, after => TimelineCursor.TryRead(after, out _));
    }

    private sealed record Entry(TimelineCursor Place, long[] Rows);

    private sealed record Row(FactRow Fact, string? Contact, StatusCause? Cause);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<CustomerHistoryItem>>
    {
        /// <summary>
        /// $1 is the customer, $2 what is technical, $3 and $4 the place that the page comes after, $5 how many. An import writes of many
        /// instants at once. What was written before writes had numbers goes by its instant, several of which were within a millisecond.
        /// </summary>
        internal const string Entries = """
            with mine as (
                select h.* from history h
                where h.entity_id in (select $1::text union all select id::text from contacts where customer_id = $1)
                  and h.entity in ('customer', 'contact') and h.entity || '.' || h.field <> all($2)),
            entry as (
                select max(occurred_at) as occurred_at, max(id) as number, array_agg(id) as ids from mine
                group by transition_id, entity, entity_id, write_id, case when write_id is not null and occurred_at <> recorded_at then occurred_at end,
                    case when write_id is null then (date_trunc('milliseconds', occurred_at), date_trunc('milliseconds', recorded_at), by_user, channel) end)
            select occurred_at, number, ids from entry where (occurred_at, number) < ($3, $4) order by occurred_at desc, number desc limit $5
            """;

        /// <summary>$1: rows of the history, $2 the owners whose deals the reader sees (null: everybody's), $3 the customer.</summary>
        private const string Facts = $"""
            select {FactRow.Columns}, contact.name, h.transition_id is not null, case when not d.void then d.id end, d.title
            from history h
            left join users u on u.id = h.by_user
            left join contacts contact on h.entity = 'contact' and contact.customer_id = $3 and contact.id::text = h.entity_id
            left join transitions t on t.id = h.transition_id
            left join deals d on d.id = t.deal_id and ($2 is null or d.owner_id = any($2))
            where h.id = any($1)
            """;

        public async Task<Result<Page<CustomerHistoryItem>>> Handle(Query request, CancellationToken ct)
        {
            var (known, entries) = (false, new List<Entry>());
            var after = TimelineCursor.StartOf(request.Page);
            await new SqlBatch(db.Connection)
                .Query("select 1 from customers where id = $1", _ => known = true, request.Id.Value)
                .Query(Entries, row => entries.Add(Read(row)), request.Id.Value, FactRow.Technical, after.At, after.Number,
                    request.Page.Limit + 1)
                .Run(ct);
            if (!known)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var page = Paging.ToPage(entries, request.Page.Limit, entry => entry.Place.Write());
            return new Page<CustomerHistoryItem>(await Items(request.Id, page.Items, ct), page.Next);
        }

        private async Task<IReadOnlyList<CustomerHistoryItem>> Items(CustomerId customer, IReadOnlyList<Entry> entries,
            CancellationToken ct)
        {
            var (reader, rows) = (actors.Current, new Dictionary<long, Row>());
            await new SqlBatch(db.Connection)
                .Query(Facts, row => Put(rows, row), entries.SelectMany(entry => entry.Rows).ToArray(), SqlBatch.OrNull(reader.Sees.Ids),
                    customer.Value)
                .Run(ct);
            var names = await FactDisplayNames.Of(rows.Values.Select(row => row.Fact), reader, db.Connection, ct);
            return [.. entries.Select(entry => Item(entry.Place, [.. entry.Rows.Select(id => rows[id])], names))];
        }

        private static CustomerHistoryItem Item(TimelineCursor place, List<Row> rows, Dictionary<Guid, string> names)
        {
            var (fact, contact, cause) = rows[0];
            return new CustomerHistoryItem(
                place.At, fact.RecordedAt, fact.By, fact.ByName, fact.Channel, contact, cause,
                FactDisplayNames.InOrder(rows.ConvertAll(row => row.Fact), names));
        }

        private static Entry Read(NpgsqlDataReader row) =>
            new(new TimelineCursor(row.GetFieldValue<DateTimeOffset>(0), TimelineKind.Change, row.GetInt64(1)),
                row.GetFieldValue<long[]>(2));

        private static void Put(Dictionary<long, Row> rows, NpgsqlDataReader row)
        {
            var cause = row.GetTextOrNull(FactRow.Width + 3) is { } title
                ? new StatusCause(row.GetOrNull<Guid>(FactRow.Width + 2) is { } deal ? new DealId(deal) : null, title)
                : null;
            var fact = FactRow.Read(row);
            if (cause is null && row.GetBoolean(FactRow.Width + 1))
            {
                // The status is everybody's; whose work changed it is not.
                fact = fact with { By = null, ByName = null };
            }

            rows[fact.Fact.Id] = new Row(fact, row.GetTextOrNull(FactRow.Width), cause);
        }
    }
}
