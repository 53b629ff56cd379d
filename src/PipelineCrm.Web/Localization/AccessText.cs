namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of sign-in, set-up, people, teams, settings and profile.</summary>
internal sealed class AccessText;
