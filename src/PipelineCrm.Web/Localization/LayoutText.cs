namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of the frame around every page.</summary>
internal sealed class LayoutText;
