using PipelineCrm.Products;

namespace PipelineCrm.Web.Api;

/// <param name="Version">Where an existing product is written.</param>
internal sealed record ProductBody(string? Name, decimal? Price, string? Currency, bool? Active, long? Version)
{
    public SaveProduct.Command Command(ProductId? id) => new(id, Version ?? 0, Name ?? "", Price, Currency, Active ?? true);
}
