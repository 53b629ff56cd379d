using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Customers;

/// <summary>Customers by name, Chinese ones by pinyin; archived ones are left out unless they are asked for.</summary>
public static class ListCustomers
{
    /// <param name="Search">Part of the name, the mail or the phone.</param>
    /// <param name="Archived">Archived ones instead of the others.</param>
    public sealed record Query(string? Search, PurchaseStatus? Status, PageRequest Page, bool Archived = false) : IRequest<Page<CustomerView>>
    {
        public static Access Access => Access.SignedIn;
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
            var customers = From(after, SearchText.Of(request.Search)).Where(c => c.ArchivedAt != null == request.Archived);

            if (request.Status is { } status)
            {
                customers = customers.Where(c => c.Status == status && !c.Placeholder);
            }

            var rows = await customers.OrderBy(c => EF.Functions.Collate(c.Name, NameOrder.Collation)).ThenBy(c => c.Id)
                .Take(request.Page.Limit + 1).Select(CustomerView.From).ToListAsync(ct);
            return Cursor.Cut(rows, request.Page.Limit, c => new Cursor(c.Name, c.Id.Value));
        }

        /// <summary>Only what is asked stands in the text: a plan that is kept for it must not have to suit every question.</summary>
        private IQueryable<Customer> From(Cursor? after, SearchText? search)
        {
            var (conditions, values) = (new List<string>(), new List<object>());
            if (after is not null)
            {
                conditions.Add($"(c.name collate {NameOrder.Collation}, c.id) > (@key collate {NameOrder.Collation}, @id)");
                values.AddRange([new NpgsqlParameter("key", after.Key), new NpgsqlParameter("id", after.Id)]);
            }

            if (search is not null)
            {
                conditions.Add($"c.id in (select s.id from search_texts s where s.kind = 1 and {search.Matches})");
                values.AddRange(search.Parameters().Select(one => new NpgsqlParameter(one.Name, one.Value)));
            }

#pragma warning disable EF1002 // Composed of constants; every value is a parameter.
            return conditions.Count == 0 ? db.Customers : db.Customers.FromSqlRaw($"select c.* from customers c where {string.Join(" and ", conditions)}", [.. values]);
#pragma warning restore EF1002
        }
    }
}
