namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of products.</summary>
internal sealed class ProductsText;
