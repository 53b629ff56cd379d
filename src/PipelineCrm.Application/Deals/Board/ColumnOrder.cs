using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Writes the order of one column. Each part runs in the caller's transaction.</summary>
internal sealed class ColumnOrder(NpgsqlConnection connection)
{
    /// <summary>Open deals of the column, but for the one that is placed.</summary>
    private const string Others = "deals d where d.stage = $1 and d.id <> $2 and d.outcome = 0 and not d.void and d.archived_at is null";

    /// <summary>
    /// One placement at a time, so that two cards dropped into the same gap get different ranks; then the rows, those tied with a neighbour
    /// included, in the order of their ids: what a placement reads of them stays so until it commits.
    /// </summary>
    public Task Lock(IReadOnlyList<DealId> deals, CancellationToken ct) => new SqlBatch(connection)
        .Lock("select pg_advisory_xact_lock($1)", AdvisoryLocks.Order)
        .Lock(
            """
            select 1 from deals where id in (
                select unnest($1)
                union
                select t.id from deals n join deals t on t.stage = n.stage and t.rank = n.rank and t.outcome = 0 and not t.void and t.archived_at is null
                where n.id = any($1))
            order by id for no key update
            """,
            deals.Select(deal => deal.Value).ToArray())
        .Run(ct);

    /// <summary>False where that card is not in the deal's column any more, or not in sight.</summary>
    public async Task<bool> PutAbove(Deal deal, DealId below, OwnerSet sees, CancellationToken ct)
    {
        if (await RankOf(deal, below, sees, ct) is not { } rank)
        {
            return false;
        }

        // Cards that were moved here at the same moment may share a rank; those from the one below on get ranks of their own.
        var tied = await Tied(deal, rank, ct);
        var from = tied.IndexOf(below.Value);
        if (from == 0)
        {
            await Write([deal.Id.Value], [Rank.Between(await Next(deal, rank, "<", "desc", ct), rank)], ct);
            return true;
        }

        var (ids, ranks, next) = (new List<Guid> { deal.Id.Value }, new List<string>(), await Next(deal, rank, ">", "asc", ct));
        ids.AddRange(tied[from..]);
        foreach (var _ in ids)
        {
            ranks.Add(rank = Rank.Between(rank, next));
        }

        await Write(ids, ranks, ct);
        return true;
    }

    public async Task<bool> PutUnder(Deal deal, DealId above, OwnerSet sees, CancellationToken ct)
    {
        if (await RankOf(deal, above, sees, ct) is not { } rank)
        {
            return false;
        }

        await Write([deal.Id.Value], [Rank.Between(rank, await Next(deal, rank, ">", "asc", ct))], ct);
        return true;
    }

    private async Task<string?> RankOf(Deal deal, DealId neighbour, OwnerSet sees, CancellationToken ct)
    {
        string? found = null;
        await new SqlBatch(connection).Query(
            $"select d.rank from {Others} and d.id = $3 and ($4 is null or d.owner_id = any($4))",
            row => found = row.GetString(0), (short)deal.Stage, deal.Id.Value, neighbour.Value, SqlBatch.OrNull(sees.Ids)).Run(ct);
        return found;
    }

    private Task<string?> Next(Deal deal, string rank, string side, string way, CancellationToken ct) =>
        First($"select d.rank from {Others} and d.rank {side} $3 order by d.rank {way} limit 1", deal, rank, ct);

    private async Task<string?> First(string sql, Deal deal, object value, CancellationToken ct)
    {
        string? found = null;
        await new SqlBatch(connection).Query(sql, row => found = row.GetString(0), (short)deal.Stage, deal.Id.Value, value).Run(ct);
        return found;
    }

    private async Task<List<Guid>> Tied(Deal deal, string rank, CancellationToken ct)
    {
        var tied = new List<Guid>();
        await new SqlBatch(connection)
            .Query($"select d.id from {Others} and d.rank = $3 order by d.id", row => tied.Add(row.GetGuid(0)), (short)deal.Stage,
                deal.Id.Value, rank)
            .Run(ct);
        return tied;
    }

    private Task Write(IReadOnlyList<Guid> deals, IReadOnlyList<string> ranks, CancellationToken ct) => new SqlBatch(connection)
        .Lock("update deals d set rank = x.rank from unnest($1, $2) as x(id, rank) where d.id = x.id returning 1", deals.ToArray(),
            ranks.ToArray())
        .Run(ct);
}
