namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of the rules page.</summary>
internal sealed class RulesText;
