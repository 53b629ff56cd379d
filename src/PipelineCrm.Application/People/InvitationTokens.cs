using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.People;

/// <summary>Makes the secrets of invitation links, which live longer than those for a new password.</summary>
internal sealed class InvitationTokens(IDataProtectionProvider protection, IOptions<InvitationTokens.Options> options, ILogger<DataProtectorTokenProvider<User>> log)
    : DataProtectorTokenProvider<User>(protection, options, log)
{
    public new const string Name = "Invitation";

    internal new sealed class Options : DataProtectionTokenProviderOptions;
}
