using FluentValidation;
using Npgsql;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Timeline;

namespace PipelineCrm.Deals;

/// <summary>
/// All that happened to a deal, newest first: its transitions, its refused moves (those that are the same counted in one entry), and the
/// changes of its facts. What one write changed is one entry; what a move wrote stands under the move.
/// </summary>
public static class ListDealHistory
{
    public sealed record Query(DealId Id, PageRequest Page, TimelinePart Part = TimelinePart.All) : IRequest<Page<DealHistoryItem>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(x => x.Page, after => TimelineCursor.TryRead(after, out _));
    }

    /// <param name="Rows">Of the history, where the entry is made of such.</param>
    private sealed record Entry(TimelineCursor Place, long[] Rows);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<DealHistoryItem>>
    {
        /// <summary>
        /// $3: what is technical, $4 the wanted part, $5 to $7 the place that the page comes after, $8 how many. What was written before
        /// writes had numbers goes by the deal's version.
        /// </summary>
        internal const string Places = $"""
            with seen as (select d.id from deals d where {DealOwnership.DealIsVisible}),
            fact as (
                select h.id, h.write_id, h.version, h.transition_id, h.occurred_at from history h
                where h.deal_id = (select id from seen) and h.entity || '.' || h.field <> all($3)),
            entry (at, kind, number, rows) as (
                select max(occurred_at), 0, max(id), array_agg(id) from fact where transition_id is null and $4 <> 1
                group by write_id, case when write_id is null then version end
                union all
                select r.occurred_at, 1, r.id, null from {RefusalViewSql.Entries} r where r.deal_id = (select id from seen) and r.id = r.last_id and $4 <> 2
                union all
                select t.occurred_at, 2, t.seq, null from transitions t
                where t.deal_id = (select id from seen) and ($4 <> 2 or t.id in (select transition_id from fact)))
            select at, kind, number, rows from entry where (at, kind, number) < ($5, $6, $7) order by at desc, kind desc, number desc limit $8
            """;

        /// <summary>$3: what is technical, $4 rows of the history, $5 numbers of transitions. Lines of an old quote do not know its deal:
        /// they are found by their quote.</summary>
        internal const string Facts = $"""
            with mine as (
                select h.*, t.seq from history h
                join deals d on d.id = h.deal_id
                left join transitions t on t.id = h.transition_id
                where {DealOwnership.DealIsVisible} and h.deal_id = $1 and (h.id = any($4) or t.seq = any($5)))
            select {FactRow.Columns}, h.id, h.seq from mine h left join users u on u.id = h.by_user
            where h.entity || '.' || h.field <> all($3)
            union all
            select {FactRow.Columns}, quote.row, null from (
                select entity_id, write_id, min(id) as row from mine where entity = 'quote' group by entity_id, write_id, version) quote
            join quote_lines line on line.quote_id = quote.entity_id::uuid
            join history h on h.entity_id = quote.entity_id || '/' || line.position and h.entity = 'quoteLine' and h.deal_id is null
                and h.write_id is not distinct from quote.write_id
            left join users u on u.id = h.by_user
            where h.entity || '.' || h.field <> all($3)
            """;

        public async Task<Result<Page<DealHistoryItem>>> Handle(Query request, CancellationToken ct)
        {
            var (reader, seen, entries) = (actors.Current, false, new List<Entry>());
            var after = TimelineCursor.StartOf(request.Page);
            await new SqlBatch(db.Connection)
                .QueryVisible(request.Id, reader, () => seen = true)
                .Query(
                    Places,
                    row => entries.Add(Read(row)),
                    request.Id.Value, SqlBatch.OrNull(reader.Sees.Ids), FactRow.Technical, (int)request.Part, after.At.ToUniversalTime(),
                    (int)after.Kind, after.Number, request.Page.Limit + 1)
                .Run(ct);
            if (!seen)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var page = Paging.ToPage(entries, request.Page.Limit, entry => entry.Place.Write());
            return new Page<DealHistoryItem>(await Items(request.Id, page.Items, reader, ct), page.Next);
        }

        private async Task<IReadOnlyList<DealHistoryItem>> Items(DealId deal, IReadOnlyList<Entry> entries, Actor reader,
            CancellationToken ct)
        {
            var places = entries.Select(entry => entry.Place).ToList();
            var placeOf = entries.SelectMany(entry => entry.Rows, (entry, row) => (row, entry.Place.Number))
                .ToDictionary(pair => pair.row, pair => pair.Number);
            var (moves, refusals) = (new Dictionary<long, TransitionView>(), new Dictionary<long, RefusalView>());
            var facts = new List<(TimelineKind Kind, long Number, FactRow Row)>();
            var owners = SqlBatch.OrNull(reader.Sees.Ids);
            await new SqlBatch(db.Connection)
                .Query(
                    TransitionViewSql.Sql + " and t.seq = any($3)",
                    row => Put(moves, TransitionViewSql.Read(row, reader), move => move.Seq),
                    deal.Value, owners, Numbers(places, TimelineKind.Move), SqlBatch.OrNull(reader.Id?.Value), reader.UndoesAll())
                .Query(RefusalViewSql.Sql + " and r.id = any($3)", row => Put(refusals, RefusalViewSql.Read(row), refusal => refusal.Id),
                    deal.Value, owners, Numbers(places, TimelineKind.Refusal))
                .Query(
                    Facts,
                    row => facts.Add(Placed(row, placeOf)),
                    deal.Value, owners, FactRow.Technical, placeOf.Keys.ToArray(), Numbers(places, TimelineKind.Move))
                .Run(ct);
            var names = await FactDisplayNames.Of(facts.Select(fact => fact.Row), reader, db.Connection, ct);
            var told = facts.ToLookup(fact => (fact.Kind, fact.Number), fact => fact.Row);
            return [.. places.Select(place => Item(place, [.. told[(place.Kind, place.Number)]], names, moves, refusals))
                .OfType<DealHistoryItem>()];
        }

        /// <summary>Null where the deal was taken out of the reader's sight meanwhile.</summary>
        private static DealHistoryItem? Item(
            TimelineCursor place, List<FactRow> rows, Dictionary<Guid, string> names, Dictionary<long, TransitionView> moves,
            Dictionary<long, RefusalView> refusals)
        {
            var facts = FactDisplayNames.InOrder(rows, names);
            return (moves.GetValueOrDefault(place.Number), refusals.GetValueOrDefault(place.Number), rows.FirstOrDefault()) switch
            {
                ({ } move, _, _) when place.Kind == TimelineKind.Move => new DealHistoryItem(move.OccurredAt, move.RecordedAt, move.By,
                    move.ByName, move.Channel, move, null, facts),
                (_, { } no, _) when place.Kind == TimelineKind.Refusal => new DealHistoryItem(no.OccurredAt, no.OccurredAt, no.By,
                    no.ByName, no.Channel, null, no, facts),
                (_, _, { } row) when place.Kind == TimelineKind.Change => new DealHistoryItem(place.At, row.RecordedAt, row.By, row.ByName,
                    row.Channel, null, null, facts),
                _ => null,
            };
        }

        private static Entry Read(NpgsqlDataReader row) => new(
            new TimelineCursor(row.GetFieldValue<DateTimeOffset>(0), (TimelineKind)row.GetInt32(1), row.GetInt64(2)),
            row.IsDBNull(3) ? [] : row.GetFieldValue<long[]>(3));

        private static (TimelineKind Kind, long Number, FactRow Row) Placed(NpgsqlDataReader row, Dictionary<long, long> placeOf) =>
            row.GetOrNull<int>(FactRow.Width + 1) is { } seq
                ? (TimelineKind.Move, seq, FactRow.Read(row))
                : (TimelineKind.Change, placeOf[row.GetInt64(FactRow.Width)], FactRow.Read(row));

        private static void Put<T>(Dictionary<long, T> rows, T row, Func<T, long> key) => rows[key(row)] = row;

        private static long[] Numbers(IEnumerable<TimelineCursor> places,
            TimelineKind kind) => [.. places.Where(place => place.Kind == kind).Select(place => place.Number)];
    }
}
