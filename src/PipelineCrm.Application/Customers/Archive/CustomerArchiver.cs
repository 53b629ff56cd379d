using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Customers;

/// <summary>Puts customers into the archive and takes them out.</summary>
internal sealed class CustomerArchiver(CrmDbContext db, CustomerConflicts conflicts, RequestContext requestContext)
{
    /// <summary>Under the customer's lock, which whoever opens or reopens a deal of it takes too: no open deal can come in
    /// between.</summary>
    public async Task<Result<CustomerView>> SetArchived(CustomerId id, long version, bool archived, CancellationToken ct)
    {
        await using var transaction = await db.Begin(ct);
        await db.Lock(id, ct);
        if (await db.Customers.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } customer)
        {
            return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        if (customer.Version != version)
        {
            return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict) { Detail = await conflicts.Since(customer, version, ct) };
        }

        if (archived != customer.ArchivedAt is not null)
        {
            var open = db.Deals.Where(d => d.CustomerId == id && d.Outcome == Outcome.Open && !d.Void && d.ArchivedAt == null);
            if (archived && await open.AnyAsync(ct))
            {
                var seen = await open.VisibleTo(requestContext.Actor).CountAsync(ct);
                return new Problem(ProblemCode.HasOpenDeals, CustomerMessages.OpenDeals(seen)) { Detail = new OpenDealsDetail(seen) };
            }

            customer.ArchivedAt = archived ? requestContext.OccurredAt : null;
            customer.Version++;
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return CustomerView.Of(customer);
    }

    /// <summary>Why an archived customer, or a contact of it, is not changed.</summary>
    public static Problem? Validate(Customer customer) =>
        customer.ArchivedAt is null ? null : new Problem(ProblemCode.Archived, CustomerMessages.Archived);
}

/// <summary>Why a customer is not archived.</summary>
/// <param name="OpenDeals">How many of its deals that the reader may see are open; none where the customer's status alone says that
/// somebody is at work.</param>
public sealed record OpenDealsDetail(int OpenDeals);
