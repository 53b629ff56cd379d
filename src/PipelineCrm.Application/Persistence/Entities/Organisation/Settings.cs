namespace PipelineCrm.Persistence.Entities;

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
