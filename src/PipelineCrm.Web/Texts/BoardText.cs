namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of the board.</summary>
internal sealed class BoardText;
