using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>A token as it is shown once; only its hash is stored.</summary>
public sealed record IssuedApiToken(ApiTokenId Id, string Secret) : ISecretResponse
{
    /// <summary>How long a token is good unless its owner says otherwise.</summary>
    public const int DefaultDays = 365;

    /// <summary>What an owner may choose, in days.</summary>
    public static readonly IReadOnlyList<int> Lifetimes = [30, 90, DefaultDays, 2 * DefaultDays];

    internal static (ApiToken Token, IssuedApiToken Made) Create(UserId user, string name, DateTimeOffset now, int days = DefaultDays)
    {
        var made = new IssuedApiToken(ApiTokenId.New(), ApiTokenSecret.New());
        var token = new ApiToken
        {
            Id = made.Id,
            UserId = user,
            Name = name.Trim(),
            Hash = ApiTokenSecret.Hash(made.Secret),
            CreatedAt = now,
            ExpiresAt = now.AddDays(days),
        };
        return (token, made);
    }
}
