namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of the frame around every page.</summary>
internal sealed class ShellText;
