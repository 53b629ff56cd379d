namespace PipelineCrm.Deals;

/// <summary>Fields written together with a move. A field that is not <see cref="Optional{T}.IsSet"/> is left as it is; one sent as null is emptied.</summary>
public sealed record MoveFields
{
    public static readonly MoveFields None = new();

    public Optional<decimal?> Amount { get; init; }
    public Optional<string?> Currency { get; init; }
    public Optional<DateOnly?> ExpectedClose { get; init; }
    public Optional<string?> Title { get; init; }
    public Optional<string?> Source { get; init; }
    public Optional<UserId?> OwnerId { get; init; }
}
