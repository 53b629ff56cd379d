using PipelineCrm.Common;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

internal sealed class Team : IImported
{
    public const int NameLength = 100;

    public TeamId Id { get; init; }
    public required string Name { get; set; }
    public TeamId? ParentId { get; set; }

    /// <summary>The key in the files of the import that made this team.</summary>
    public string? ExternalKey { get; init; }
    public int? ImportId { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public long Version { get; set; }
}

internal sealed class ApiToken
{
    public const int NameLength = 100;

    public ApiTokenId Id { get; init; }
    public UserId UserId { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the secret; the secret itself is shown once and kept nowhere.</summary>
    public required byte[] Hash { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
}

internal sealed class Settings
{
    public const int OrganisationNameLength = 200;

    public short Id { get; init; } = 1;
    public string OrganisationName { get; set; } = "";
    public string TimeZone { get; set; } = "UTC";
    public string BaseCurrency { get; set; } = "USD";
    public bool RepsReadTeam { get; set; } = true;
    public bool Demo { get; set; }

    /// <summary>While the demo is on: whether one click signs in as its people.</summary>
    public bool DemoSignIn { get; set; } = true;
    public DateTimeOffset? SetUpAt { get; set; }

    /// <summary>Of the setup tokens that were shown, one after the other, the newest first.</summary>
    public byte[]? SetupTokenHash { get; set; }

    /// <summary>From now on there is somebody who may decide; the setup token sets nothing up any more.</summary>
    public void SetUp(DateTimeOffset now)
    {
        SetUpAt = now;
        SetupTokenHash = null;
    }
}

/// <summary>What the admin may change about a stage; its place in the path is fixed.</summary>
internal sealed class StageSetting
{
    public const int NameLength = 60;

    public Stage Stage { get; init; }
    public required string NameEn { get; set; }
    public required string NameZh { get; set; }
    public string GuidanceEn { get; set; } = "";
    public string GuidanceZh { get; set; } = "";
    public decimal Probability { get; set; }
}
