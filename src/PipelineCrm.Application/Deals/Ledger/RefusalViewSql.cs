using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>How a deal's refused moves are read.</summary>
internal static class RefusalViewSql
{
    /// <summary>$1 and $2 as <see cref="DealOwnership.DealIsVisible"/>.</summary>
    public const string Sql = $"""
        select r.id, r.kind, r.to_place, r.occurred_at, r.by_user, u.display_name, r.channel, r.rule_set, r.verdict::text
        from refusals r join deals d on d.id = r.deal_id left join users u on u.id = r.by_user
        where {DealOwnership.DealIsVisible}
        """;

    public static RefusalView Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), (MoveKind)row.GetInt16(1), (Place?)row.GetOrNull<short>(2), row.GetFieldValue<DateTimeOffset>(3),
        row.GetOrNull<Guid>(4) is { } by ? new UserId(by) : null, row.GetTextOrNull(5), (Channel)row.GetInt16(6), row.GetInt32(7),
        JsonSerializer.Deserialize<Verdict>(row.GetString(8), WireNames.Json)!.ForMover());
}
