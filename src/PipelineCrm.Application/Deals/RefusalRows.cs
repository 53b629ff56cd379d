using System.Text.Json;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>A requested move that was refused, as the history shows it.</summary>
/// <param name="Verdict">Without shadow conditions.</param>
public sealed record RefusalView(long Id, MoveKind Kind, Place? To, DateTimeOffset OccurredAt, UserId? By, string? ByName, Channel Channel, int RuleSet, Verdict Verdict);

/// <summary>How a deal's refused moves are read.</summary>
internal static class RefusalRows
{
    /// <summary>$1 and $2 as <see cref="Ownership.DealIsSeen"/>.</summary>
    public const string Sql = $"""
        select r.id, r.kind, r.to_place, r.occurred_at, r.by_user, u.display_name, r.channel, r.rule_set, r.verdict::text
        from refusals r join deals d on d.id = r.deal_id left join users u on u.id = r.by_user
        where {Ownership.DealIsSeen}
        """;

    public static RefusalView Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), (MoveKind)row.GetInt16(1), (Place?)row.Maybe<short>(2), row.GetFieldValue<DateTimeOffset>(3),
        row.Maybe<Guid>(4) is { } by ? new UserId(by) : null, row.Text(5), (Channel)row.GetInt16(6), row.GetInt32(7),
        JsonSerializer.Deserialize<Verdict>(row.GetString(8), WireNames.Json)!.ForMover());
}
