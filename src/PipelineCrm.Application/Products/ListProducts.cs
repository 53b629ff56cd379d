using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Products;

/// <summary>Products by name.</summary>
public static class ListProducts
{
    /// <param name="Search">Part of the name.</param>
    /// <param name="Retired">Whether those that are no longer sold are listed too.</param>
    public sealed record Query(PageRequest Page, string? Search = null, bool Retired = true) : IRequest<Page<ProductView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
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
            var search = FieldRules.TrimToNull(request.Search);
            var rows = await products
                .Where(p => request.Retired || p.Active)
                .Where(p => search == null || EF.Functions.Like(CrmDbContext.SearchForm(p.Name), CrmDbContext.SearchLike(search)))
                .OrderBy(p => EF.Functions.Collate(p.Name, NameOrder.Collation)).ThenBy(p => p.Id)
                .Take(request.Page.Limit + 1).Select(ProductView.From).ToListAsync(ct);
            return Cursor.ToPage(rows, request.Page.Limit, p => new Cursor(p.Name, p.Id.Value));
        }
    }
}
