using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>How a deal's refused moves are read.</summary>
internal static class RefusalViewSql
{
    private const string Same = "partition by r.kind, r.to_place, r.by_user, r.rule_set, r.verdict ->> 'reason', r.failing";

    /// <summary>The refusals of the deal $1, each with the last one of its entry, how many they are and when the first was.</summary>
    public const string Entries = $"""
        (select r.*, max(r.id) over entry as last_id, count(*) over entry as times, min(r.occurred_at) over entry as first_at
         from (
             select r.*, sum(r.begins) over ({Same} order by r.occurred_at, r.id) as run
             from (
                 select r.*, case when r.occurred_at - lag(r.occurred_at) over ({Same} order by r.occurred_at, r.id) <= interval '24 hours' then 0 else 1 end as begins
                 from (
                     select r.*, jsonb_path_query_array(r.verdict, '$.conditions[*] ? (@.mode == "block" && @.result != "true" && @.ruleResult != "true").keyvalue() ? (@.key == "rule" || @.key == "field").value') as failing
                     from refusals r where r.deal_id = $1) r) r) r
         window entry as ({Same}, r.run))
        """;

    /// <summary>$1 and $2 as <see cref="DealOwnership.DealIsVisible"/>.</summary>
    public const string Sql = $"""
        select r.id, r.kind, r.to_place, r.occurred_at, r.by_user, u.display_name, r.channel, r.rule_set, r.verdict::text, r.times::integer, r.first_at
        from {Entries} r join deals d on d.id = r.deal_id left join users u on u.id = r.by_user
        where {DealOwnership.DealIsVisible}
        """;

    public static RefusalView Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), (MoveKind)row.GetInt16(1), (Place?)row.GetOrNull<short>(2), row.GetFieldValue<DateTimeOffset>(3),
        row.GetOrNull<Guid>(4) is { } by ? new UserId(by) : null, row.GetTextOrNull(5), (Channel)row.GetInt16(6), row.GetInt32(7),
        JsonSerializer.Deserialize<Verdict>(row.GetString(8), WireNames.Json)!.ForMover(), row.GetInt32(9),
        row.GetFieldValue<DateTimeOffset>(10));
}
