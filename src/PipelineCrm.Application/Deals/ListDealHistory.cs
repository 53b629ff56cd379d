using FluentValidation;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Histories;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>
/// All that happened to a deal, newest first: its transitions, its refused moves (those that are the same counted in one entry), and the changes of its facts.
/// What one write changed is one entry; what a move wrote stands under the move.
/// </summary>
public static class ListDealHistory
{
    public sealed record Query(DealId Id, PageRequest Page, HistoryPart Part = HistoryPart.All) : IRequest<Page<HistoryItem>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(x => x.Page, after => HistoryPlace.TryRead(after, out _));
    }

    /// <param name="Rows">Of the history, where the entry is made of such.</param>
    private sealed record Entry(HistoryPlace Place, long[] Rows);

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Page<HistoryItem>>
    {
        /// <summary>
        /// $3: what is technical, $4 the wanted part, $5 to $7 the place that the page comes after, $8 how many. What was written before writes
        /// had numbers goes by the deal's version.
        /// </summary>
        internal const string Places = $"""
            with seen as (select d.id from deals d where {Ownership.DealIsSeen}),
            fact as (
                select h.id, h.write_id, h.version, h.transition_id, h.occurred_at from history h
                where h.deal_id = (select id from seen) and h.entity || '.' || h.field <> all($3)),
            entry (at, kind, number, rows) as (
                select max(occurred_at), 0, max(id), array_agg(id) from fact where transition_id is null and $4 <> 1
                group by write_id, case when write_id is null then version end
                union all
                select r.occurred_at, 1, r.id, null from {RefusalRows.Entries} r where r.deal_id = (select id from seen) and r.id = r.last_id and $4 <> 2
                union all
                select t.occurred_at, 2, t.seq, null from transitions t
                where t.deal_id = (select id from seen) and ($4 <> 2 or t.id in (select transition_id from fact)))
            select at, kind, number, rows from entry where (at, kind, number) < ($5, $6, $7) order by at desc, kind desc, number desc limit $8
            """;

        /// <summary>$3: what is technical, $4 rows of the history, $5 numbers of transitions. Lines of an old quote do not know its deal: they are found by their quote.</summary>
        internal const string Facts = $"""
            with mine as (
                select h.*, t.seq from history h
                join deals d on d.id = h.deal_id
                left join transitions t on t.id = h.transition_id
                where {Ownership.DealIsSeen} and h.deal_id = $1 and (h.id = any($4) or t.seq = any($5)))
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

        public async Task<Result<Page<HistoryItem>>> Handle(Query request, CancellationToken ct)
        {
            var (reader, seen, entries) = (actors.Current, false, new List<Entry>());
            var after = HistoryPlace.StartOf(request.Page);
            await new Reads(db.Connection)
                .AddSeen(request.Id, reader, () => seen = true)
                .Add(
                    Places,
                    row => entries.Add(Read(row)),
                    request.Id.Value, Reads.Or(reader.Sees.Ids), FactRow.Technical, (int)request.Part, after.At.ToUniversalTime(), (int)after.Kind, after.Number, request.Page.Limit + 1)
                .Run(ct);
            if (!seen)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var page = Pages.Cut(entries, request.Page.Limit, entry => entry.Place.Write());
            return new Page<HistoryItem>(await Items(request.Id, page.Items, reader, ct), page.Next);
        }

        private async Task<IReadOnlyList<HistoryItem>> Items(DealId deal, IReadOnlyList<Entry> entries, Actor reader, CancellationToken ct)
        {
            var places = entries.Select(entry => entry.Place).ToList();
            var placeOf = entries.SelectMany(entry => entry.Rows, (entry, row) => (row, entry.Place.Number)).ToDictionary(pair => pair.row, pair => pair.Number);
            var (moves, refusals) = (new Dictionary<long, TransitionView>(), new Dictionary<long, RefusalView>());
            var facts = new List<(HistoryKind Kind, long Number, FactRow Row)>();
            var owners = Reads.Or(reader.Sees.Ids);
            await new Reads(db.Connection)
                .Add(
                    TransitionRows.Sql + " and t.seq = any($3)",
                    row => Put(moves, TransitionRows.Read(row, reader), move => move.Seq),
                    deal.Value, owners, Numbers(places, HistoryKind.Move), Reads.Or(reader.Id?.Value), reader.UndoesAll())
                .Add(RefusalRows.Sql + " and r.id = any($3)", row => Put(refusals, RefusalRows.Read(row), refusal => refusal.Id), deal.Value, owners, Numbers(places, HistoryKind.Refusal))
                .Add(
                    Facts,
                    row => facts.Add(Placed(row, placeOf)),
                    deal.Value, owners, FactRow.Technical, placeOf.Keys.ToArray(), Numbers(places, HistoryKind.Move))
                .Run(ct);
            var names = await FactNames.Of(facts.Select(fact => fact.Row), reader, db.Connection, ct);
            var told = facts.ToLookup(fact => (fact.Kind, fact.Number), fact => fact.Row);
            return [.. places.Select(place => Item(place, [.. told[(place.Kind, place.Number)]], names, moves, refusals)).OfType<HistoryItem>()];
        }

        /// <summary>Null where the deal was taken out of the reader's sight meanwhile.</summary>
        private static HistoryItem? Item(
            HistoryPlace place, List<FactRow> rows, Dictionary<Guid, string> names, Dictionary<long, TransitionView> moves, Dictionary<long, RefusalView> refusals)
        {
            var facts = FactNames.Told(rows, names);
            return (moves.GetValueOrDefault(place.Number), refusals.GetValueOrDefault(place.Number), rows.FirstOrDefault()) switch
            {
                ({ } move, _, _) when place.Kind == HistoryKind.Move => new HistoryItem(move.OccurredAt, move.RecordedAt, move.By, move.ByName, move.Channel, move, null, facts),
                (_, { } no, _) when place.Kind == HistoryKind.Refusal => new HistoryItem(no.OccurredAt, no.OccurredAt, no.By, no.ByName, no.Channel, null, no, facts),
                (_, _, { } row) when place.Kind == HistoryKind.Change => new HistoryItem(place.At, row.RecordedAt, row.By, row.ByName, row.Channel, null, null, facts),
                _ => null,
            };
        }

        private static Entry Read(NpgsqlDataReader row) => new(
            new HistoryPlace(row.GetFieldValue<DateTimeOffset>(0), (HistoryKind)row.GetInt32(1), row.GetInt64(2)), row.IsDBNull(3) ? [] : row.GetFieldValue<long[]>(3));

        private static (HistoryKind Kind, long Number, FactRow Row) Placed(NpgsqlDataReader row, Dictionary<long, long> placeOf) =>
            row.Maybe<int>(FactRow.Width + 1) is { } seq
                ? (HistoryKind.Move, seq, FactRow.Read(row))
                : (HistoryKind.Change, placeOf[row.GetInt64(FactRow.Width)], FactRow.Read(row));

        private static void Put<T>(Dictionary<long, T> rows, T row, Func<T, long> key) => rows[key(row)] = row;

        private static long[] Numbers(IEnumerable<HistoryPlace> places, HistoryKind kind) => [.. places.Where(place => place.Kind == kind).Select(place => place.Number)];
    }
}
