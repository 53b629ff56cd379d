namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of the funnel.</summary>
internal sealed class FunnelText;
