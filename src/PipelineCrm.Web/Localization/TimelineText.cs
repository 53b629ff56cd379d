namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of histories: what changed, from what to what.</summary>
internal sealed class TimelineText;
