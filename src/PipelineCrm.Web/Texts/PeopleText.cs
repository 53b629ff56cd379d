namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of sign-in, set-up, people, teams, settings and profile.</summary>
internal sealed class PeopleText;
