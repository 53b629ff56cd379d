namespace PipelineCrm.Persistence.Entities;

internal sealed class ApiToken
{
    public const int NameLength = 100;

    public ApiTokenId Id { get; init; }
    public UserId UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret; the secret itself is shown once and never stored.</summary>
    public required byte[] Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}
