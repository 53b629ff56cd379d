using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;

namespace PipelineCrm.TestSupport;

/// <summary>Writes made-up pasts into the database as its triggers allow: deal, transitions and history in one transaction.</summary>
public static class LedgerSeeder
{
    public static async Task Write(NpgsqlConnection connection, IEnumerable<LedgerDeal> deals)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction);
        var customer = Guid.CreateVersion7();
        Add(batch, "insert into customers (id, name, created_at) values ($1, 'Orchard Ltd', now())", customer);
        Add(batch, "insert into history (entity, entity_id, field, after, channel) values ('customer', $1, 'name', '\"filled\"', 6)",
            customer.ToString());
        foreach (var deal in deals)
        {
            AddDeal(batch, deal, customer);
            AddTransitions(batch, deal);
            AddHistory(batch, deal, customer);
        }

        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static void AddDeal(NpgsqlBatch batch, LedgerDeal deal, Guid customer)
    {
        var now = deal.Now;
        Add(
            batch,
            """
            insert into deals (id, customer_id, title, amount, currency, source, owner_id, stage, outcome, entered_stage_at, stage_entry_known, stopped_at,
                               paused_seconds, won_at, lost_reason, closed_at, rank, last_seq, furthest_stage, archived_at, void, created_at)
            values ($1, $2, 'A deal', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'a', $16, $17, $18, $19, $20)
            """,
            deal.Id, customer, deal.Amount, deal.Currency, deal.Source, deal.Owner, (short)now.Position.Stage, (short)now.Position.Outcome,
            now.EnteredStageAt, now.EntryKnown, now.StoppedAt,
            now.PausedSeconds, now.WonAt, deal.LostReason, now.ClosedAt, deal.Rows.Count, (short)now.FurthestStage, deal.ArchivedAt,
            deal.Void, deal.CreatedAt);
    }

    private static void AddTransitions(NpgsqlBatch batch, LedgerDeal deal)
    {
        foreach (var row in deal.Rows)
        {
            Add(
                batch,
                """
                insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, channel,
                                         reason_code, counted_from, counted_to, undoes, seconds_in_stage, entry_known, hash)
                values ($1, $2, $3, $4, $5, $6, $7, $8, transaction_timestamp(), 6, $9, $10, $11, (select id from transitions where deal_id = $1 and seq = $12), $13, $14, '\x00')
                """,
                deal.Id, row.Seq, (short)row.Kind, (short?)row.From?.Stage, (short?)row.From?.Outcome,
                (short)row.To.Stage, (short)row.To.Outcome, row.At, row.Reason, (short?)row.CountedFrom, (short?)row.CountedTo, row.Undoes,
                row.SecondsInStage, row.EntryKnown);
        }
    }

    private static void AddHistory(NpgsqlBatch batch, LedgerDeal deal, Guid customer)
    {
        var known = new Dictionary<string, object?>();
        LedgerFact[] opening = [new("title", "A deal", deal.CreatedAt), new("customerId", customer, deal.CreatedAt),
            new("cycle", 1, deal.CreatedAt)];
        LedgerFact[] end = [new("lostReason", deal.LostReason, deal.Rows[^1].At), new("void", deal.Void ? true : null, deal.Rows[^1].At)];
        foreach (var fact in opening.Concat(deal.Facts).Concat(end.Where(fact => fact.Value is not null)))
        {
            Add(
                batch,
                "insert into history (entity, entity_id, field, before, after, occurred_at, channel) values ('deal', $1, $2, $3::jsonb, $4::jsonb, $5, 6)",
                deal.Id.ToString(), fact.Field, Json(known.GetValueOrDefault(fact.Field)), Json(fact.Value), fact.At);
            known[fact.Field] = fact.Value;
        }
    }

    private static string? Json(object? value) => value is null ? null : JsonSerializer.Serialize(value, WireNames.Json);

    private static void Add(NpgsqlBatch batch, string sql, params object?[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value is DateTimeOffset time
                ? new NpgsqlParameter { Value = time, NpgsqlDbType = NpgsqlDbType.TimestampTz }
                : new NpgsqlParameter { Value = value ?? DBNull.Value });
        }

        batch.BatchCommands.Add(command);
    }
}
