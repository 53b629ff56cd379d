using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Timeline;

/// <summary>One row of the history table, with what puts it into its entry.</summary>
/// <param name="Currency">For an amount or a price: the currency that stood before the change.</param>
internal sealed record FactRow(
    FactChange Fact, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, UserId? By, string? ByName, Channel Channel, string? Currency)
{
    /// <summary>History h with user u; what else a statement selects comes after.</summary>
    public const string Columns = """
        h.id, h.entity, h.entity_id, h.field, h.before::text, h.after::text, h.occurred_at, h.recorded_at, h.by_user, u.display_name, h.channel,
        case when h.entity = 'deal' and h.field = 'amount' then (
            select c.after #>> '{}' from history c
            where c.entity_id = h.entity_id and c.field = 'currency' and c.entity = 'deal' and c.id < h.id order by c.id desc limit 1)
        when (h.entity = 'payment' and h.field = 'amount') or (h.entity = 'quoteLine' and h.field = 'price') then (
            select c.after #>> '{}' from history c
            where c.entity_id = split_part(h.entity_id, '/', 1) and c.field = 'currency' and c.entity in ('payment', 'quote') and c.id < h.id order by c.id desc limit 1) end
        """;

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public const int Width = 12;

    /// <summary>
    /// What keeps the machinery going, and what an entry tells besides: who made a quote and when, which deal it belongs to,
    /// why a deal was lost (its transition says so).
    /// </summary>
    public static readonly string[] Technical =
    [
        "deal.cycle", "deal.lostReason", "deal.void", "deal.createdAt", "deal.externalKey", "deal.importId",
        "quote.dealId", "quote.createdAt", "quote.createdBy", "quote.withdrawnBy",
        "payment.dealId", "payment.createdAt", "payment.createdBy", "payment.withdrawnBy",
        "customer.version", "customer.statusSince", "customer.placeholder", "customer.createdAt", "customer.createdBy",
        "customer.externalKey", "customer.importId",
        "contact.customerId", "contact.createdAt",
    ];

    public static FactRow Read(NpgsqlDataReader row) => new(
        new FactChange(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), Json(row.GetTextOrNull(4)),
            Json(row.GetTextOrNull(5))),
        row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7),
        row.GetOrNull<Guid>(8) is { } by ? new UserId(by) : null, row.GetTextOrNull(9), (Channel)row.GetInt16(10), row.GetTextOrNull(11));

    private static JsonElement? Json(string? text) => text is null ? null : JsonSerializer.Deserialize<JsonElement>(text, WireNames.Json);
}
