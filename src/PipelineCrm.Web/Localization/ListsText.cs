namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of lists, their filters, views and changes of many.</summary>
internal sealed class ListsText;
