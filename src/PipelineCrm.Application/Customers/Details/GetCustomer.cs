using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Customers;

/// <summary>A customer with the deals that the reader may see, as if there were no others.</summary>
public static class GetCustomer
{
    public sealed record Query(CustomerId Id) : IRequest<CustomerDetails>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, CustomerDetails>
    {
        public async Task<Result<CustomerDetails>> Handle(Query request, CancellationToken ct)
        {
            var found = await db.Customers.Where(c => c.Id == request.Id)
                .Select(c => new
                {
                    Customer = c,
                    Contacts = c.Contacts.Count,
                    Referrer = db.Customers.Where(r => r.Id == c.ReferrerId).Select(r => r.Name).FirstOrDefault(),
                })
                .AsNoTracking().SingleOrDefaultAsync(ct);
            if (found is null)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var all = await db.Deals.Where(d => d.CustomerId == request.Id && !d.Void).VisibleTo(actors.Current)
                .OrderBy(d => d.Outcome).ThenByDescending(d => d.CreatedAt)
                .Select(d => new CustomerDeal(
                    d.Id, d.Title, d.Stage, d.Outcome, d.Amount, d.Currency, d.Owner.DisplayName, d.ExpectedClose, d.LostReason, d.ClosedAt,
                    d.Cycle, d.CreatedAt, d.ArchivedAt)
                {
                    WonAt = d.WonAt,
                    EnteredStageAt = d.EnteredStageAt,
                })
                .ToListAsync(ct);
            return new CustomerDetails(CustomerView.Of(found.Customer))
            {
                ReferrerName = found.Referrer,
                Sector = found.Customer.Sector,
                Country = found.Customer.Country,
                ContactCount = found.Contacts,
                Deals = all.FindAll(deal => deal.ArchivedAt is null),
                ArchivedDeals = all.FindAll(deal => deal.ArchivedAt is not null),
            };
        }
    }
}
