namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of lists, their filters, views and changes of many.</summary>
internal sealed class ListsText;
