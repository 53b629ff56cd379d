namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of histories: what changed, from what to what.</summary>
internal sealed class HistoryText;
