namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of the parts that every page uses.</summary>
internal sealed class SharedText;
