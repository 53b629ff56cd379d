using Microsoft.AspNetCore.Identity;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>Somebody who may sign in; public because sign-in lives in the web project and Identity asks for its type.</summary>
public sealed class User : IdentityUser<UserId>, IImported
{
    public const int DisplayNameLength = 100;

    public required string DisplayName { get; set; }

    public Role Role { get; set; }

    public TeamId? TeamId { get; set; }

    /// <summary>A BCP 47 tag: en or zh-CN.</summary>
    public string Language { get; set; } = "en";

    /// <summary>auto, light or dark.</summary>
    public string Theme { get; set; } = "auto";

    /// <summary>IANA id for single instants; null: the organisation's.</summary>
    public string? TimeZone { get; set; }

    /// <summary>False for somebody known only from an import: cannot sign in until invited.</summary>
    public bool Invited { get; set; } = true;

    public DateTimeOffset? DisabledAt { get; set; }

    /// <summary>Null for somebody who never signed in.</summary>
    public DateTimeOffset? LastSignedInAt { get; set; }

    /// <summary>The key in the files of the import that made this user.</summary>
    public string? ExternalKey { get; init; }

    /// <summary>The import that made this user; null for everybody else.</summary>
    public int? ImportId { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
