using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What the deal's row says.</summary>
internal sealed record ReplayedDeal(Guid Id, DealState State, bool Void, int LastSeq, DateTimeOffset CreatedAt)
{
    public static ReplayedDeal Read(NpgsqlDataReader row) => new(
        row.GetGuid(0),
        new DealState(
            (Stage)row.GetInt16(1), (Outcome)row.GetInt16(2), row.GetFieldValue<DateTimeOffset>(3), row.GetBoolean(4),
            row.GetOrNull<DateTimeOffset>(5),
            row.GetInt64(6), row.GetOrNull<DateTimeOffset>(7), (Stage)row.GetInt16(8), row.GetOrNull<DateTimeOffset>(9)),
        row.GetBoolean(10),
        row.GetInt32(11),
        row.GetFieldValue<DateTimeOffset>(26));
}
