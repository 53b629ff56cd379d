using Microsoft.AspNetCore.Identity;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Access;

/// <summary>What Identity calls a confirmed account: one that an admin has not disabled.</summary>
internal sealed class EnabledUserConfirmation : IUserConfirmation<User>
{
    public Task<bool> IsConfirmedAsync(UserManager<User> manager, User user) => Task.FromResult(user.DisabledAt is null);
}
