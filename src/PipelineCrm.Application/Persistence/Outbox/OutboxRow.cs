using Npgsql;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Outbox;

/// <summary>A row of the outbox, as its reader takes it.</summary>
internal sealed record OutboxRow(
    long Id, string Subject, string SubjectId, Guid? Deal, Guid? Customer, Guid? OwnerBefore, Guid? Owner, short Change, long? Version,
    long Write)
{
    /// <summary>Where somebody's rights come from: after a change of these, whoever looks may see more or less than before.</summary>
    private static readonly string[] OfRights = ["user", "team", "settings"];

    public const string Columns = "id, subject, subject_id, deal_id, customer_id, owner_before, owner_id, change, version, write_id";

    public bool ChangesRights => OfRights.Contains(Subject);

    public static OutboxRow Read(NpgsqlDataReader row, int from) => new(
        row.GetInt64(from), row.GetString(from + 1), row.GetString(from + 2), row.GetOrNull<Guid>(from + 3), row.GetOrNull<Guid>(from + 4),
        row.GetOrNull<Guid>(from + 5), row.GetOrNull<Guid>(from + 6), row.GetInt16(from + 7), row.GetOrNull<long>(from + 8),
        row.GetInt64(from + 9));

    /// <summary>What belongs to a deal is for those who see the deal, before the change or after it.</summary>
    public bool IsFor(OwnerSet sees) => (Deal ?? OwnerBefore ?? Owner) is null || sees.Ids is null || Includes(sees.Ids, OwnerBefore)
        || Includes(sees.Ids, Owner);

    private static bool Includes(Guid[] ids, Guid? owner) => owner is { } id && ids.Contains(id);
}
