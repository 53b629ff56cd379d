using PipelineCrm.Common;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>A token as it is shown once; only its hash is kept.</summary>
public sealed record NewApiToken(ApiTokenId Id, string Secret) : ISecret
{
    /// <summary>How long a token is good unless its owner says otherwise.</summary>
    public const int DefaultDays = 365;

    /// <summary>What an owner may choose, in days.</summary>
    public static readonly IReadOnlyList<int> Lifetimes = [30, 90, DefaultDays, 2 * DefaultDays];

    internal static (ApiToken Token, NewApiToken Made) Make(UserId user, string name, DateTimeOffset now, int days = DefaultDays)
    {
        var made = new NewApiToken(ApiTokenId.New(), ApiTokenSecret.New());
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
