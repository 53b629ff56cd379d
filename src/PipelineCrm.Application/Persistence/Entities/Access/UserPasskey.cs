using Microsoft.AspNetCore.Identity;

namespace PipelineCrm.Persistence.Entities;

/// <summary>A passkey as Identity keeps it: its public key and what its authenticator said of itself. The key's other half never leaves
/// that.</summary>
internal sealed class UserPasskey : IdentityUserPasskey<UserId>
{
    public const int NameLength = 100;

    /// <summary>When the challenge was made that it answered last, to the millisecond; one made no later is answered already.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
