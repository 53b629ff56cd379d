using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Catalogue;

namespace PipelineCrm.Persistence.Ledger;

/// <summary>Puts a batch of moves into one SQL statement of data-modifying parts; every part hangs on the deals' guarded updates.</summary>
internal sealed class LedgerStatement
{
    /// <summary>Besides those that the catalogue names.</summary>
    private const string DealColumns = """
        lost_reason, void, archived_at, stage, outcome, entered_stage_at, stage_entry_known,
        stopped_at, paused_seconds, won_at, furthest_stage, closed_at, rank, last_seq, version, custom
        """;

    private const string TransitionColumns = """
        id, kind, before, seconds_in_stage, counted_from, counted_to, rule_set, conditions, override, reason_code, reason_text,
        idempotency_key, undoes, deal_id, seq, from_stage, from_outcome, to_stage, to_outcome, version, occurred_at, recorded_at, by_user, channel
        """;

    private readonly LedgerBatch _moves;
    private readonly FactCatalog _catalog;
    private readonly string _columns;
    private readonly List<string> _parts = [];
    private readonly NpgsqlBatchCommand _command = new();
    private readonly string _occasion;

    private LedgerStatement(LedgerBatch moves, FactCatalog catalog)
    {
        (_moves, _catalog) = (moves, catalog);
        _columns = string.Concat(catalog.DealColumns.Select(fact => $"{fact.Column}, ")) + DealColumns;
        var (occurred, recorded) = (P(NpgsqlDbType.TimestampTz, moves.OccurredAt.UtcDateTime),
            P(NpgsqlDbType.TimestampTz, moves.RecordedAt.UtcDateTime));
        _occasion = $"{occurred}, {recorded}, {P(NpgsqlDbType.Uuid, moves.Actor.Id?.Value)}, {P(NpgsqlDbType.Smallint, (short)moves.Actor.Channel)}";
    }

    [SuppressMessage("Security", "CA2100", Justification = "Composed of constants; every value is a parameter.")]
    public static NpgsqlBatchCommand Of(LedgerBatch moves, FactCatalog catalog)
    {
        var statement = new LedgerStatement(moves, catalog);
        var changed = moves.Deals.Select((write, i) => statement.Deal(write, i)).ToList();
        var guard = $"(select {string.Join(" + ", changed.Select(part => $"(select count(*) from {part})"))} = {moves.Deals.Count})";
        for (var i = 0; i < moves.Deals.Count; i++)
        {
            statement.Transition(moves.Deals[i], i, guard);
        }

        statement.Statuses(guard);
        statement.History(guard);
        statement.Answer(guard);
        statement._command.CommandText =
            $"with {string.Join(",\n", statement._parts)}\nselect {string.Join(" + ", changed.Select(part => $"(select count(*) from {part})"))}";
        return statement._command;
    }

    private string Deal(DealWrite write, int i)
    {
        var (name, deal) = ($"deal_{i}", write.After);
        var values = string.Join(", ", DealValues(deal));
        if (write.Before is { } before)
        {
            _parts.Add($"""
                {name} as (update deals set ({_columns}) = row({values})
                where id = {P(NpgsqlDbType.Uuid, deal.Id.Value)} and version = {P(NpgsqlDbType.Bigint, before.Version)} returning 1)
                """);
        }
        else
        {
            _parts.Add($"""
                {name} as (insert into deals (id, customer_id, cycle, previous_deal_id, referred_by_deal_id, created_at, {_columns})
                values ({P(NpgsqlDbType.Uuid, deal.Id.Value)}, {P(NpgsqlDbType.Uuid, deal.CustomerId.Value)}, {P(NpgsqlDbType.Integer, deal.Cycle)},
                    {P(NpgsqlDbType.Uuid, deal.PreviousDealId?.Value)}, {P(NpgsqlDbType.Uuid, deal.ReferredByDealId?.Value)},
                    {P(NpgsqlDbType.TimestampTz, deal.CreatedAt.UtcDateTime)}, {values}) returning 1)
                """);
        }

        return name;
    }

    private IEnumerable<string> DealValues(StoredDeal deal)
    {
        var (content, state) = (deal.Content, deal.State);
        return
        [
            .. _catalog.DealColumns.Select(fact => FactColumns.Parameter(fact, content.Values[fact.Key]))
                .Select(cell => P(cell.Type, cell.Value)),
            P(NpgsqlDbType.Text, content.LostReason),
            P(NpgsqlDbType.Boolean, content.Void),
            P(NpgsqlDbType.TimestampTz, content.ArchivedAt?.UtcDateTime),
            P(NpgsqlDbType.Smallint, (short)state.Stage),
            P(NpgsqlDbType.Smallint, (short)state.Outcome),
            P(NpgsqlDbType.TimestampTz, state.EnteredStageAt.UtcDateTime),
            P(NpgsqlDbType.Boolean, state.EntryKnown),
            P(NpgsqlDbType.TimestampTz, state.StoppedAt?.UtcDateTime),
            P(NpgsqlDbType.Bigint, state.PausedSeconds),
            P(NpgsqlDbType.TimestampTz, state.WonAt?.UtcDateTime),
            P(NpgsqlDbType.Smallint, (short)state.FurthestStage),
            P(NpgsqlDbType.TimestampTz, state.ClosedAt?.UtcDateTime),
            P(NpgsqlDbType.Text, deal.Rank),
            P(NpgsqlDbType.Integer, deal.LastSeq),
            P(NpgsqlDbType.Bigint, deal.Version),
            P(NpgsqlDbType.Jsonb, FactColumns.Custom(content.Values, _catalog, FactSubject.Deal)),
        ];
    }

    private void Transition(DealWrite write, int i, string guard)
    {
        if (write.Transition is not { } row)
        {
            return;
        }

        var (from, to) = (write.Before?.State.Position, write.After.State.Position);
        string[] values =
        [
            P(NpgsqlDbType.Bigint, row.Id),
            P(NpgsqlDbType.Smallint, (short)row.Kind),
            P(NpgsqlDbType.Jsonb, row.Before),
            P(NpgsqlDbType.Bigint, row.Applied.SecondsInStage),
            P(NpgsqlDbType.Smallint, (short?)row.Applied.CountedFrom),
            P(NpgsqlDbType.Smallint, (short?)row.Applied.CountedTo),
            P(NpgsqlDbType.Integer, row.RuleSet),
            P(NpgsqlDbType.Jsonb, row.Conditions),
            P(NpgsqlDbType.Jsonb, row.Override is { } over ? JsonSerializer.Serialize(over, WireNames.Json) : null),
            P(NpgsqlDbType.Text, row.ReasonCode),
            P(NpgsqlDbType.Text, row.ReasonText),
            P(NpgsqlDbType.Text, row.IdempotencyKey),
            P(NpgsqlDbType.Bigint, row.Undoes),
            P(NpgsqlDbType.Uuid, write.After.Id.Value),
            P(NpgsqlDbType.Integer, write.After.LastSeq),
            P(NpgsqlDbType.Smallint, (short?)from?.Stage),
            P(NpgsqlDbType.Smallint, (short?)from?.Outcome),
            P(NpgsqlDbType.Smallint, (short)to.Stage),
            P(NpgsqlDbType.Smallint, (short)to.Outcome),
            P(NpgsqlDbType.Bigint, write.After.Version),
        ];
        _parts.Add($"transition_{i} as (insert into transitions ({TransitionColumns}) select {string.Join(", ", values)}, {_occasion} where {guard})");
    }

    private void Statuses(string guard)
    {
        for (var i = 0; i < _moves.Statuses.Count; i++)
        {
            var (customer, after) = (_moves.Statuses[i].Customer, _moves.Statuses[i].After);
            _parts.Add($"""
                status_{i} as (update customers set status = {P(NpgsqlDbType.Smallint, (short)after.Standing.Status)},
                    status_stage = {P(NpgsqlDbType.Smallint, (short?)after.Standing.LostFrom)}, status_since = {P(NpgsqlDbType.TimestampTz, after.Standing.LostAt?.UtcDateTime)},
                    returning_customer = {P(NpgsqlDbType.Boolean, after.Standing.Returning)}, referrer_id = {P(NpgsqlDbType.Uuid, after.Referrer?.Value)}
                where id = {P(NpgsqlDbType.Uuid, customer.Value)} and {guard})
                """);
        }
    }

    private void History(string guard)
    {
        var rows = FactHistoryRows.Of(_moves, _catalog).ToList();
        if (rows.Count == 0)
        {
            return;
        }

        var array = NpgsqlDbType.Array;
        _parts.Add($"""
            history_rows as (insert into history (entity, entity_id, field, before, after, transition_id, deal_id, version, occurred_at, recorded_at, by_user, channel)
            select x.entity, x.entity_id, x.field, x.before::jsonb, x.after::jsonb, x.transition_id, x.deal_id, x.version, {_occasion}
            from unnest({P(array | NpgsqlDbType.Text, rows.ConvertAll(row => row.Entity).ToArray())}, {P(array | NpgsqlDbType.Text, rows.ConvertAll(row => row.EntityId).ToArray())},
                {P(array | NpgsqlDbType.Text, rows.ConvertAll(row => row.Field).ToArray())}, {P(array | NpgsqlDbType.Text, rows.ConvertAll(row => row.Before).ToArray())},
                {P(array | NpgsqlDbType.Text, rows.ConvertAll(row => row.After).ToArray())}, {P(array | NpgsqlDbType.Bigint, rows.ConvertAll(row => row.TransitionId).ToArray())},
                {P(array | NpgsqlDbType.Uuid, rows.ConvertAll(row => row.DealId).ToArray())}, {P(array | NpgsqlDbType.Bigint, rows.ConvertAll(row => row.Version).ToArray())})
                as x(entity, entity_id, field, before, after, transition_id, deal_id, version)
            where {guard})
            """);
    }

    /// <summary>A key whose time is over is taken over; a fresh one of another request breaks the statement.</summary>
    private void Answer(string guard)
    {
        if (_moves.Answer is not { } answer)
        {
            return;
        }

        var (user, key) = (P(NpgsqlDbType.Uuid, answer.User.Value), P(NpgsqlDbType.Text, answer.Key));
        _parts.Add($"""
            answers as (insert into stored_answers (user_id, key, body_hash, answer, created_at)
            select {user}, {key}, {P(NpgsqlDbType.Bytea, answer.BodyHash)}, {P(NpgsqlDbType.Jsonb, answer.Json)}, {P(NpgsqlDbType.TimestampTz, _moves.RecordedAt.UtcDateTime)} where {guard})
            """);
    }

    /// <summary>A positional parameter of a known type, so that null is typed too; answers its place.</summary>
    private string P(NpgsqlDbType type, object? value)
    {
        _command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return new StringBuilder("$").Append(_command.Parameters.Count).ToString();
    }
}
