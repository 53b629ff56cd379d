using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>A few customers for a picker: names that begin with the text first.</summary>
public static class SearchCustomers
{
    public sealed record Query(string Text, int Limit = 8) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Items">At most as many as asked for.</param>
    public sealed record Answer(IReadOnlyList<CustomerHit> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).CleanText(Customer.NameLength);
            RuleFor(q => q.Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldMessages.PageLimit);
        }
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var text = FieldRules.TrimToNull(request.Text) ?? "";
            return new Answer(await db.Customers
                .Where(c => c.ArchivedAt == null && EF.Functions.ILike(c.Name, LikePattern.Containing(text), LikePattern.Escape))
                .OrderByDescending(c => EF.Functions.ILike(c.Name, LikePattern.BeginningWith(text), LikePattern.Escape)).ThenBy(c => CrmDbContext.Lower(c.Name)).ThenBy(c => c.Id)
                .Take(request.Limit)
                .Select(c => new CustomerHit(c.Id, c.Name, c.Type, c.Placeholder ? null : c.Status))
                .ToListAsync(ct));
        }
    }
}

/// <summary>A customer in a picker.</summary>
public sealed record CustomerHit(CustomerId Id, string Name, CustomerType Type, PurchaseStatus? Status);
