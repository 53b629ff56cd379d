namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of products.</summary>
internal sealed class CatalogText;
