using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Answers of accepted moves, stored for 30 days.</summary>
internal static class IdempotencyStore
{
    public const int DaysKept = 30;

    /// <summary>A key whose time is over is free again, whether or not the purge has been there.</summary>
    private const string DeleteExpired =
        "delete from stored_answers where user_id = $1 and key = $2 and created_at < transaction_timestamp() - make_interval(days => $3) returning 1";

    public static void AddTo(SqlBatch batch, UserId user, string key, Action<byte[], string> found) => batch
        .Execute(DeleteExpired, user.Value, key, DaysKept)
        .Query("select body_hash, answer::text from stored_answers where user_id = $1 and key = $2", row => found(row.GetFieldValue<byte[]>(0), row.GetString(1)), user.Value, key);
}
