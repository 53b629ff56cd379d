namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of loading the demo.</summary>
internal sealed class DemoText;
