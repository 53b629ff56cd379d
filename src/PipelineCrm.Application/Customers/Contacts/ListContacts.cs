using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;

namespace PipelineCrm.Customers;

/// <summary>A customer's contacts, in the order they were added.</summary>
public static class ListContacts
{
    public sealed record Query(CustomerId CustomerId, PageRequest Page) : IRequest<Page<ContactView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(q => q.Page);
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Page<ContactView>>
    {
        public async Task<Result<Page<ContactView>>> Handle(Query request, CancellationToken ct)
        {
            if (!await db.Customers.AnyAsync(c => c.Id == request.CustomerId, ct))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            Cursor.TryRead(request.Page.After, out var after);
            var contacts = after is null ? db.Contacts : db.Contacts.FromSql($"select * from contacts where id > {after.Id}");
            var rows = await contacts.Where(c => c.CustomerId == request.CustomerId).OrderBy(c => c.Id)
                .Take(request.Page.Limit + 1).Select(ContactView.From).ToListAsync(ct);
            return Cursor.ToPage(rows, request.Page.Limit, c => new Cursor("", c.Id.Value));
        }
    }
}
