using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>How a deal's transitions are read, each with whether the reader may undo it.</summary>
internal static class TransitionViewSql
{
    /// <summary>$1 and $2 as <see cref="DealOwnership.DealIsVisible"/>, $3 the caller's own, $4 who reads and $5 whether they undo whatever
    /// they see.</summary>
    public const string Sql = $"""
        select t.id, t.seq, t.kind, t.imported_kind, t.from_stage, t.from_outcome, t.to_stage, t.to_outcome, t.occurred_at, t.recorded_at, t.by_user, u.display_name,
               t.channel, t.rule_set, t.conditions::text, t.override::text, t.reason_code, t.reason_text, t.seconds_in_stage, undo.id,
               undo.id is null and t.kind not in (10, 11) and d.archived_at is null and c.archived_at is null
               and not exists (select from transitions l where l.deal_id = t.deal_id and l.seq > t.seq and l.kind <> 10
                               and not exists (select from transitions lu where lu.undoes = l.id))
               and (coalesce(t.by_user = $4, false) and t.recorded_at > now() - interval '24 hours' or $5)
        from transitions t
        join deals d on d.id = t.deal_id
        join customers c on c.id = d.customer_id
        left join users u on u.id = t.by_user
        left join transitions undo on undo.undoes = t.id
        where {DealOwnership.DealIsVisible}
        """;

    public static bool UndoesAll(this Actor reader) => reader.Role >= Role.Manager;

    public static TransitionView Read(NpgsqlDataReader row, Actor reader)
    {
        var from = row.GetOrNull<short>(4) is { } stage ? new Position((Stage)stage, (Outcome)row.GetInt16(5)) : (Position?)null;
        var to = new Position((Stage)row.GetInt16(6), (Outcome)row.GetInt16(7));
        return new TransitionView(
            row.GetInt64(0), row.GetInt32(1), (MoveKind)row.GetInt16(2), (MoveKind?)row.GetOrNull<short>(3), from?.Place, to.Place,
            from?.Stage, to.Stage,
            row.GetFieldValue<DateTimeOffset>(8), row.GetFieldValue<DateTimeOffset>(9),
            row.GetOrNull<Guid>(10) is { } by ? new UserId(by) : null, row.GetTextOrNull(11), (Channel)row.GetInt16(12),
            row.GetOrNull<int>(13),
            DealViewMapping.WithoutShadow(JsonSerializer.Deserialize<List<ConditionResult>>(row.GetString(14), WireNames.Json)!),
            row.GetTextOrNull(15) is { } over ? JsonSerializer.Deserialize<Override>(over, WireNames.Json) : null,
            row.GetTextOrNull(16), row.GetTextOrNull(17), row.GetOrNull<long>(18), row.GetOrNull<long>(19))
        {
            MayUndo = row.GetBoolean(20) && reader.Role > Role.Viewer,
        };
    }
}
