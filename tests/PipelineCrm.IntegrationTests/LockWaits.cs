using Npgsql;

namespace PipelineCrm.IntegrationTests;

internal static class LockWaits
{
    /// <summary>Ends as soon as somebody in this database waits for a lock.</summary>
    public static async Task SomebodyWaitsForALock(this CrmFixture crm, CancellationToken ct)
    {
        await using var connection = await crm.AsOwner();
        await using var command = new NpgsqlCommand(
            "select exists (select from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database())", connection);
        while (!(bool)(await command.ExecuteScalarAsync(ct))!)
        {
            await Task.Yield();
        }
    }
}
