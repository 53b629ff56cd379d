using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>A token as it is shown once; only its hash is stored.</summary>
public sealed record IssuedApiToken(ApiTokenId Id, string Secret)
{
    internal static (ApiToken Token, IssuedApiToken Made) Create(UserId user, string name, DateTimeOffset now)
    {
        var made = new IssuedApiToken(ApiTokenId.New(), ApiTokenSecret.New());
        var token = new ApiToken { Id = made.Id, UserId = user, Name = name.Trim(), Hash = ApiTokenSecret.Hash(made.Secret), CreatedAt = now };
        return (token, made);
    }
}
