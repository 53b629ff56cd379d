namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of the board.</summary>
internal sealed class BoardText;
