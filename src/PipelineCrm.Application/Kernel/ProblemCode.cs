namespace PipelineCrm.Kernel;

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
