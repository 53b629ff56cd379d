using System.Linq.Expressions;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Products;

/// <summary>Something that is sold.</summary>
/// <param name="Price">Of one; null where it is agreed each time.</param>
/// <param name="Active">False once it is no longer sold; quotes keep naming it.</param>
public sealed record ProductView(ProductId Id, string Name, decimal? Price, string? Currency, bool Active, long Version)
{
    internal static readonly Expression<Func<Product, ProductView>> From =
        p => new ProductView(p.Id, p.Name, p.Price, p.Currency, p.Active, p.Version);

    internal static ProductView Of(Product product) => Compiled(product);

    private static readonly Func<Product, ProductView> Compiled = From.Compile();
}
