namespace PipelineCrm.Common;

/// <summary>Stable codes of what can go wrong, as docs/api.md lists them for the HTTP API.</summary>
public static class ProblemCode
{
    public const string Validation = "validation";
    public const string IdempotencyKeyMissing = "idempotency-key-missing";
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not-found";
    public const string Conflict = "conflict";
    public const string NotLatest = "not-latest";
    public const string FieldsChanged = "fields-changed";
    public const string HasFollowers = "has-followers";
    public const string Archived = "archived";
    public const string HasOpenDeals = "has-open-deals";
    public const string DraftChanged = "draft-changed";
    public const string MoveRefused = "move-refused";
    public const string IdempotencyKeyReused = "idempotency-key-reused";
    public const string SecondFactor = "second-factor";

    /// <summary>The same operation was made before, and its answer held a secret that is kept nowhere.</summary>
    public const string DoneBefore = "done-before";
    public const string TooManyRequests = "too-many-requests";
    public const string Unavailable = "unavailable";
    public const string StorageFull = "storage-full";
    public const string Unexpected = "unexpected";
}

/// <summary>Why a use case gave no answer.</summary>
/// <param name="Code">One of <see cref="ProblemCode"/>; programs decide by it.</param>
/// <param name="Message">A sentence for the person, in their language, that says what to do.</param>
public sealed record Problem(string Code, string Message)
{
    /// <summary>Messages per field (camelCase path), in the person's language; empty but for <see cref="ProblemCode.Validation"/>.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; init; } = new Dictionary<string, string[]>();

    /// <summary>What the problem carries besides, e.g. a <c>Verdict</c> or <c>ConflictDetail</c>; the API writes it beside the code.</summary>
    public object? Detail { get; init; }

    /// <summary>For <see cref="ProblemCode.TooManyRequests"/>: how long to wait before asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>What is known of a write that met an outage.</summary>
/// <param name="Outcome"><c>unknown</c>: it may have been saved. Sent again under the same operation id it tells.</param>
public sealed record OutageDetail(string Outcome)
{
    public static readonly OutageDetail Unknown = new("unknown");
}
