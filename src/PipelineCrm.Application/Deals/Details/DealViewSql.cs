using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Deals;

/// <summary>How a deal is read for showing: the columns of a select over <see cref="From"/>, and their reader.</summary>
internal static class DealViewSql
{
    /// <summary>A deal with its customer and its owner.</summary>
    public const string From = "deals d join customers c on c.id = d.customer_id join users o on o.id = d.owner_id";

    public const string Columns = """
        d.id, d.customer_id, c.name, d.title, d.amount, d.currency, d.expected_close, d.source, d.owner_id, o.display_name,
        d.version, d.stage, d.outcome, d.entered_stage_at, d.won_at, d.lost_reason, d.closed_at, d.cycle, d.previous_deal_id, d.referred_by_deal_id, d.created_at,
        case when d.stage_entry_known then floor(extract(epoch from coalesce(d.stopped_at, now()) - d.entered_stage_at))::bigint - d.paused_seconds end,
        d.archived_at
        """;

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public const int Width = 23;

    public static DealView Read(NpgsqlDataReader row, Actor reader)
    {
        var owner = new UserId(row.GetGuid(8));
        return new DealView(
            new DealId(row.GetGuid(0)),
            new CustomerId(row.GetGuid(1)),
            row.GetString(2),
            row.GetString(3),
            Value<decimal>(4),
            Text(5),
            Value<DateOnly>(6),
            Text(7),
            owner,
            row.GetString(9),
            row.GetInt64(10),
            (Stage)row.GetInt16(11),
            (Outcome)row.GetInt16(12),
            row.GetFieldValue<DateTimeOffset>(13),
            Value<DateTimeOffset>(14),
            Text(15),
            Value<DateTimeOffset>(16),
            row.GetInt32(17),
            Value<Guid>(18) is { } previous ? new DealId(previous) : null,
            Value<Guid>(19) is { } referrer ? new DealId(referrer) : null,
            row.GetFieldValue<DateTimeOffset>(20))
        {
            SecondsInStage = Value<long>(21),
            MayMove = row.IsDBNull(22) && reader.Moves.Contains(owner),
            MayArchive = reader.Moves.Contains(owner),
            ArchivedAt = Value<DateTimeOffset>(22),
        };

        T? Value<T>(int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }
}
