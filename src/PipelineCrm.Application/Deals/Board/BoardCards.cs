using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Reads pages of board columns by keyset (rank, id): the tenth page costs what the first does.</summary>
internal static class BoardCards
{
    /// <summary>Up to so many owners, each owner's part of the column is read through its own index and merged; above, the column is read
    /// in order and filtered.</summary>
    private const int FewOwners = 64;

    /// <summary>The columns' cards, there once the reads have run.</summary>
    public static IReadOnlyDictionary<Stage, List<CardRow>> AddTo(
        SqlBatch batch, Actor viewer, FactCatalog catalog, BoardPredicate wanted, IReadOnlyList<Stage> stages, int limit, Cursor? after)
    {
        var columns = stages.ToDictionary(stage => stage, _ => new List<CardRow>());
        batch.QueryNamed(Sql(wanted, catalog, after is not null), Values, row =>
        {
            var deal = DealViewSql.Read(row, viewer, catalog);
            columns[deal.Stage].Add(new CardRow(deal, new Cursor(deal.Rank!, deal.Id.Value)));
        });
        return columns;

        void Values(NpgsqlParameterCollection values)
        {
            values.AddWithValue("stages", stages.Select(stage => (short)stage).ToArray());
            values.AddWithValue("limit", limit);
            if (after is { } last)
            {
                values.AddWithValue("rank", last.Key);
                values.AddWithValue("id", last.Id);
            }

            wanted.AddTo(values);
        }
    }

    /// <summary>Cuts a column that was read one card too far into a page.</summary>
    public static Page<DealView> Page(List<CardRow> cards, int limit)
    {
        var page = Cursor.ToPage(cards, limit, card => card.Cursor);
        return new Page<DealView>([.. page.Items.Select(card => card.Deal)], page.Next);
    }

    private static string Sql(BoardPredicate wanted, FactCatalog catalog, bool further)
    {
        var open = "d.stage = s.stage and d.outcome = 0 and not d.void and d.archived_at is null"
            + (further ? " and (d.rank, d.id) > (@rank, @id)" : "");
        const string ordered = "order by d.rank, d.id limit @limit";
        var column = wanted.Owners.Ids is { Length: <= FewOwners }
            ? $"""
               select m.* from unnest(@owners) as w(owner_id)
               cross join lateral (
                   select d.* from deals d where {open} and d.owner_id = w.owner_id and {wanted.Sql} {ordered}) m
               order by m.rank, m.id limit @limit
               """
            : $"select d.* from deals d where {open} and {wanted.Sql} {ordered}";
        return $"""
            select {DealViewSql.Columns(catalog)}
            from unnest(@stages) as s(stage)
            cross join lateral ({column}) d
            {DealViewSql.JoinsOfPage}
            order by d.stage, d.rank, d.id
            """;
    }

    internal sealed record CardRow(DealView Deal, Cursor Cursor);
}
