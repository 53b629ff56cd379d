namespace PipelineCrm.Web.Components.SignIn;

/// <summary>What was typed into the set-up, right or wrong.</summary>
public sealed class SetUpForm
{
    public string? Token { get; set; }

    public string? OrganisationName { get; set; }

    public string? TimeZone { get; set; } = "UTC";

    public string? BaseCurrency { get; set; } = "USD";

    public string? DisplayName { get; set; }

    public string? Email { get; set; }

    public string? Password { get; set; }
}
