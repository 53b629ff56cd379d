using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>A few customers for a picker: names that begin with the text first.</summary>
public static class SearchCustomers
{
    public sealed record Query(string Text, int Limit = 8) : IRequest<Answer>
    {
        public static Access Access => Access.SignedIn;
    }

    /// <param name="Items">At most as many as asked for.</param>
    public sealed record Answer(IReadOnlyList<CustomerHit> Items);

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Text).CleanText(Customer.NameLength);
            RuleFor(q => q.Limit).InclusiveBetween(1, PageRequest.MaxLimit).WithMessage(_ => FieldText.PageLimit);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var text = FieldRules.Kept(request.Text) ?? "";
            var seen = db.Deals.Where(d => !d.Void && d.ArchivedAt == null).Seen(actors.Current);
            return new Answer(await db.Customers
                .Where(c => c.ArchivedAt == null && EF.Functions.ILike(c.Name, Like.Containing(text), Like.Escape))
                .OrderByDescending(c => EF.Functions.ILike(c.Name, Like.BeginningWith(text), Like.Escape)).ThenBy(c => CrmDbContext.Lower(c.Name)).ThenBy(c => c.Id)
                .Take(request.Limit)
                .Select(c => new CustomerHit(c.Id, c.Name, c.Type, c.Placeholder ? null : c.Status)
                {
                    Email = c.Email,
                    Phone = c.Phone,
                    StatusStage = c.StatusStage,
                    OwnerName = seen.Where(d => d.CustomerId == c.Id).OrderByDescending(d => d.CreatedAt).Select(d => d.Owner.DisplayName).FirstOrDefault(),
                })
                .ToListAsync(ct));
        }
    }
}

/// <summary>A customer in a picker, with what tells two of one name apart.</summary>
public sealed record CustomerHit(CustomerId Id, string Name, CustomerType Type, PurchaseStatus? Status)
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>The stage a lost customer was lost from.</summary>
    public Stage? StatusStage { get; init; }

    /// <summary>Who has the newest of its deals that the reader may see.</summary>
    public string? OwnerName { get; init; }
}
