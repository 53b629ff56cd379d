using PipelineCrm.Common;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>A token as it is shown once; only its hash is kept.</summary>
public sealed record NewApiToken(ApiTokenId Id, string Secret) : ISecret
{
    internal static (ApiToken Token, NewApiToken Made) Make(UserId user, string name, DateTimeOffset now)
    {
        var made = new NewApiToken(ApiTokenId.New(), ApiTokenSecret.New());
        var token = new ApiToken { Id = made.Id, UserId = user, Name = name.Trim(), Hash = ApiTokenSecret.Hash(made.Secret), CreatedAt = now };
        return (token, made);
    }
}
