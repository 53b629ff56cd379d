using Npgsql;
using PipelineCrm.IntegrationTests.Access;
using PipelineCrm.Live;

namespace PipelineCrm.IntegrationTests.Live;

/// <summary>The outbox as tests look at it, and readers that read when a test says so.</summary>
internal static class OutboxFixture
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>What the writing of something appended: a line for each row, by subject and id.</summary>
    public static async Task<IReadOnlyList<OutboxLine>> Appended(this CrmFixture crm, Func<Task> write)
    {
        var before = await crm.Scalar<long>("select coalesce(max(id), 0) from outbox");
        await write();
        var lines = new List<OutboxLine>();
        await using var connection = await crm.AsOwner();
        await using var command = new NpgsqlCommand(
            "select subject, subject_id, deal_id, customer_id, owner_before, owner_id, change, version, write_id from outbox where id > $1 order by subject, id", connection)
        {
            Parameters = { new() { Value = before } },
        };
        await using var row = await command.ExecuteReaderAsync(Ct);
        while (await row.ReadAsync(Ct))
        {
            lines.Add(new OutboxLine(
                row.GetString(0), row.GetString(1), Id(row, 2), Id(row, 3), Id(row, 4), Id(row, 5), (ChangeKind)row.GetInt16(6),
                row.IsDBNull(7) ? null : row.GetInt64(7), row.GetInt64(8)));
        }

        return lines;
    }

    /// <summary>A reader of a node of its own.</summary>
    public static Node NewNode(this CrmFixture crm) => new(crm);

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}

internal sealed record OutboxLine(
    string Subject, string Id, Guid? Deal, Guid? Customer, Guid? OwnerBefore, Guid? Owner, ChangeKind Change, long? Version, long Write)
{
    public override string ToString() => $"{Subject} {Change}";
}
