namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of the deal page.</summary>
internal sealed class DealText;
