using Microsoft.AspNetCore.Identity;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>What Identity calls a confirmed account: one that an admin has not disabled.</summary>
internal sealed class MaySignIn : IUserConfirmation<User>
{
    public Task<bool> IsConfirmedAsync(UserManager<User> manager, User user) => Task.FromResult(user.DisabledAt is null);
}
