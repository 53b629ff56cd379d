using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>Customers by name; archived ones are left out unless they are asked for.</summary>
public static class ListCustomers
{
    /// <param name="Search">Part of the name.</param>
    /// <param name="Archived">Archived ones instead of the others.</param>
    public sealed record Query(string? Search, PurchaseStatus? Status, PageRequest Page, bool Archived = false) : IRequest<Page<CustomerView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Search).CleanText(Customer.NameLength);
            this.AddPage(q => q.Page);
        }
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Page<CustomerView>>
    {
        public async Task<Result<Page<CustomerView>>> Handle(Query request, CancellationToken ct)
        {
            Cursor.TryRead(request.Page.After, out var after);
            var customers = After(after).Where(c => c.ArchivedAt != null == request.Archived);
            if (FieldRules.TrimToNull(request.Search) is { } search)
            {
                customers = customers.Where(c => EF.Functions.ILike(c.Name, LikePattern.Containing(search), LikePattern.Escape));
            }

            if (request.Status is { } status)
            {
                customers = customers.Where(c => c.Status == status && !c.Placeholder);
            }

            var rows = await customers.OrderBy(c => CrmDbContext.Lower(c.Name)).ThenBy(c => c.Id)
                .Take(request.Page.Limit + 1).Select(CustomerView.From).ToListAsync(ct);
            return Cursor.ToPage(rows, request.Page.Limit, c => new Cursor(c.Name, c.Id.Value));
        }

        private IQueryable<Customer> After(Cursor? after) => after is null
            ? db.Customers
            : db.Customers.FromSql($"select * from customers where (lower(name), id) > (lower({after.Key}), {after.Id})");
    }
}
