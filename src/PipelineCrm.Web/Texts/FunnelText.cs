namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of the funnel.</summary>
internal sealed class FunnelText;
