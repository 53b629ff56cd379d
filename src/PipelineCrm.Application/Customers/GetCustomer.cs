using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>A customer with the deals that the reader may see, as if there were no others.</summary>
public static class GetCustomer
{
    public sealed record Query(CustomerId Id) : IRequest<CustomerDetails>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, CustomerDetails>
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
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            var all = await db.Deals.Where(d => d.CustomerId == request.Id && !d.Void).Seen(actors.Current)
                .OrderBy(d => d.Outcome).ThenByDescending(d => d.CreatedAt)
                .Select(d => new CustomerDeal(
                    d.Id, d.Title, d.Stage, d.Outcome, d.Amount, d.Currency, d.Owner.DisplayName, d.ExpectedClose, d.LostReason, d.ClosedAt, d.Cycle, d.CreatedAt, d.ArchivedAt)
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

/// <summary>A customer with what belongs to it.</summary>
public sealed record CustomerDetails : CustomerView
{
    internal CustomerDetails(CustomerView customer)
        : base(customer)
    {
    }

    public string? ReferrerName { get; init; }

    /// <summary>As imported.</summary>
    public string? Sector { get; init; }

    /// <summary>As imported.</summary>
    public string? Country { get; init; }

    public int ContactCount { get; init; }

    /// <summary>Open ones first, newest first.</summary>
    public IReadOnlyList<CustomerDeal> Deals { get; init; } = [];

    /// <summary>Archived ones that the reader may see.</summary>
    public IReadOnlyList<CustomerDeal> ArchivedDeals { get; init; } = [];

    public int OpenDeals => Deals.Count(d => d.Outcome == Outcome.Open);
}
