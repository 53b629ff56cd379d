using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.UseCases;

/// <summary>A command that carries its own operation id and keeps its answer itself.</summary>
public interface ISelfIdempotent
{
    string OperationId { get; }
}

/// <summary>An answer that holds something which is shown once and kept nowhere: a link, a token.</summary>
public interface ISecretResponse;

/// <summary>An answer that tells of a deal: who does not see the deal any more is not told again.</summary>
internal interface IDealResponse
{
    DealId Deal { get; }
}

/// <summary>What was answered under an id before.</summary>
/// <param name="Expired">Its time is over: the id is free again.</param>
internal sealed record StoredCommandAnswer(byte[] BodyHash, string Json, bool Expired);

/// <summary>Whether what a request wrote may have been kept although no answer came.</summary>
internal sealed class CommitUncertainty
{
    public bool Unknown { get; set; }
}

/// <summary>
/// Does a command once, however often it is sent under one id: its answer is kept in its own transaction, so that either both
/// are there or neither. A command that writes nothing leaves its id free. Answers are kept for <see cref="DaysKept"/> days.
/// </summary>
internal sealed class IdempotentCommands(CrmDbContext db, ActorLoader actors)
{
    public const int IdLength = 200;
    public const int DaysKept = 30;

    /// <summary>An id whose time is over is free again, whether or not the purge has been there.</summary>
    private const string Forget =
        "delete from stored_answers where user_id = $1 and key = $2 and created_at < transaction_timestamp() - make_interval(days => $3) returning 1";

    /// <summary>Waits for whoever does the same at this moment.</summary>
    private const string Claim = """
        insert into stored_answers (user_id, key, body_hash, answer, created_at) values ($1, $2, $3, 'null', transaction_timestamp())
        on conflict do nothing returning 1
        """;

    /// <summary>Tells what was sent as null from what was not sent.</summary>
    private static readonly JsonSerializerOptions Whole = CreateWhole();

    private const string Kept =
        "select body_hash, answer::text, created_at < transaction_timestamp() - make_interval(days => $3) from stored_answers where user_id = $1 and key = $2";

    private const string Keep = "update stored_answers set answer = $3::text::jsonb where user_id = $1 and key = $2 returning 1";
    private const string Free = "delete from stored_answers where user_id = $1 and key = $2 returning 1";

    /// <summary>Reads what is kept under an id, for commands that keep their answers themselves.</summary>
    public static void AddTo(SqlBatch batch, UserId user, string id, Action<StoredCommandAnswer> found) => batch.Query(
        Kept, row => found(new StoredCommandAnswer(row.GetFieldValue<byte[]>(0), row.GetString(1), row.GetBoolean(2))), user.Value, id,
        DaysKept);

    /// <summary>Frees an id whose time is over.</summary>
    public static Task Release(NpgsqlConnection connection, UserId user, string id, CancellationToken ct) =>
        new SqlBatch(connection).Lock(Forget, user.Value, id, DaysKept).Run(ct);

    public async Task<Result<TAnswer>> Once<TAnswer>(
        IRequest<TAnswer> request, UserId user, string id, CommitUncertainty fate, Func<Task<Result<TAnswer>>> handle, CancellationToken ct)
    {
        var body = BodyHash(request);
        await using var transaction = await db.Begin(ct);
        var (claimed, known) = (false, (StoredCommandAnswer?)null);
        var batch = new SqlBatch(db.Connection)
            .Lock(Forget, user.Value, id, DaysKept)
            .Query(Claim, _ => claimed = true, user.Value, id, body);
        AddTo(batch, user, id, answer => known = answer);
        await batch.Run(ct);
        if (!claimed)
        {
            return known is { } kept && kept.BodyHash.SequenceEqual(body)
                ? await Again<TAnswer>(kept.Json, ct)
                : new Problem(ProblemCode.IdempotencyKeyReused, ProblemMessages.IdempotencyKeyReused);
        }

        var result = await handle();
        var end = new SqlBatch(db.Connection);
        if (result.Ok)
        {
            end.Lock(Keep, user.Value, id,
                result.Value is ISecretResponse ? "null" : JsonSerializer.Serialize(result.Value, WireNames.Json));
        }
        else if (result.Problem.Code == ProblemCode.MoveRefused)
        {
            // The ledger keeps that it was refused; the id may be used again.
            end.Lock(Free, user.Value, id);
        }
        else
        {
            return result;
        }

        await end.Run(ct);
        fate.Unknown = true;
        await transaction.CommitAsync(ct);
        return result;
    }

    /// <summary>Of the request and all that it carries.</summary>
    private static byte[] BodyHash(object request) =>
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { type = UseCaseRegistry.NameOf(request.GetType()), request }, Whole));

    private static JsonSerializerOptions CreateWhole()
    {
        var options = new JsonSerializerOptions(WireNames.Json);
        options.Converters.Add(new NullableOptionalJsonConverter());
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private async Task<Result<TAnswer>> Again<TAnswer>(string json, CancellationToken ct)
    {
        if (typeof(ISecretResponse).IsAssignableFrom(typeof(TAnswer)))
        {
            return new Problem(ProblemCode.DoneBefore, ProblemMessages.DoneBefore);
        }

        var answer = JsonSerializer.Deserialize<TAnswer>(json, WireNames.Json)!;
        return answer is IDealResponse { Deal: var deal } && !await Sees(deal, ct)
            ? new Problem(ProblemCode.NotFound, ProblemMessages.NotFound)
            : answer;
    }

    private async Task<bool> Sees(DealId deal, CancellationToken ct)
    {
        var sees = false;
        await new SqlBatch(db.Connection)
            .Query(
                "select owner_id from deals where id = $1",
                row => sees = actors.Current.Sees.Contains(new UserId(row.GetGuid(0))),
                deal.Value)
            .Run(ct);
        return sees;
    }
}
