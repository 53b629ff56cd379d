namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of the parts that every page uses.</summary>
internal sealed class KitText;
