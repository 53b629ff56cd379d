namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of the deal page.</summary>
internal sealed class DealText;
