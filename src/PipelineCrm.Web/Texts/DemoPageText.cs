namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of loading the demo.</summary>
internal sealed class DemoPageText;
