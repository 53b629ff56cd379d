namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of the rules page.</summary>
internal sealed class RulesText;
