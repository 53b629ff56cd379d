using System.Linq.Expressions;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Catalog;

/// <summary>Products by name.</summary>
public static class ListProducts
{
    /// <param name="Search">Part of the name.</param>
    /// <param name="Retired">Whether those that are no longer sold are listed too.</param>
    public sealed record Query(PageRequest Page, string? Search = null, bool Retired = true) : IRequest<Page<ProductView>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Search).CleanText(Product.NameLength);
            this.AddPage(q => q.Page);
        }
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Page<ProductView>>
    {
        public async Task<Result<Page<ProductView>>> Handle(Query request, CancellationToken ct)
        {
            Cursor.TryRead(request.Page.After, out var after);
            var products = after is null
                ? db.Products
                : db.Products.FromSql($"select * from products where (name collate names, id) > ({after.Key} collate names, {after.Id})");
            var search = FieldRules.Kept(request.Search);
            var rows = await products
                .Where(p => request.Retired || p.Active)
                .Where(p => search == null || EF.Functions.Like(CrmDbContext.SearchForm(p.Name), CrmDbContext.SearchLike(search)))
                .OrderBy(p => EF.Functions.Collate(p.Name, NameOrder.Collation)).ThenBy(p => p.Id)
                .Take(request.Page.Limit + 1).Select(ProductView.From).ToListAsync(ct);
            return Cursor.Cut(rows, request.Page.Limit, p => new Cursor(p.Name, p.Id.Value));
        }
    }
}

/// <summary>Something that is sold.</summary>
/// <param name="Price">Of one; null where it is agreed each time.</param>
/// <param name="Active">False once it is no longer sold; quotes keep naming it.</param>
public sealed record ProductView(ProductId Id, string Name, decimal? Price, string? Currency, bool Active, long Version)
{
    internal static readonly Expression<Func<Product, ProductView>> From = p => new ProductView(p.Id, p.Name, p.Price, p.Currency, p.Active, p.Version);

    internal static ProductView Of(Product product) => Compiled(product);

    private static readonly Func<Product, ProductView> Compiled = From.Compile();
}
