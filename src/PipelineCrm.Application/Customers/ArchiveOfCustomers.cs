using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Customers;

/// <summary>Puts customers into the archive and takes them out.</summary>
internal sealed class ArchiveOfCustomers(CrmDbContext db, CustomerChanges changes, Occasion occasion)
{
    /// <summary>Under the customer's lock, which whoever opens or reopens a deal of it takes too: no open deal can come in between.</summary>
    public async Task<Result<CustomerView>> Put(CustomerId id, long version, bool archived, CancellationToken ct)
    {
        await using var transaction = await db.Begin(ct);
        await db.Lock(id, ct);
        if (await db.Customers.SingleOrDefaultAsync(c => c.Id == id, ct) is not { } customer)
        {
            return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
        }

        if (customer.Version != version)
        {
            return new Problem(ProblemCode.Conflict, ProblemText.Conflict) { Detail = await changes.Since(customer, version, ct) };
        }

        if (archived != customer.ArchivedAt is not null)
        {
            var open = db.Deals.Where(d => d.CustomerId == id && d.Outcome == Outcome.Open && !d.Void && d.ArchivedAt == null);
            if (archived && await open.AnyAsync(ct))
            {
                var seen = await open.Seen(occasion.Actor).CountAsync(ct);
                return new Problem(ProblemCode.HasOpenDeals, CustomerText.OpenDeals(seen)) { Detail = new OpenDealsDetail(seen) };
            }

            customer.ArchivedAt = archived ? occasion.OccurredAt : null;
            customer.Version++;
            await db.SaveChangesAsync(ct);
        }

        await transaction.CommitAsync(ct);
        return CustomerView.Of(customer);
    }

    /// <summary>Why an archived customer, or a contact of it, is not changed.</summary>
    public static Problem? InTheWay(Customer customer) =>
        customer.ArchivedAt is null ? null : new Problem(ProblemCode.Archived, CustomerText.Archived);
}

/// <summary>Why a customer is not archived.</summary>
/// <param name="OpenDeals">How many of its deals that the reader may see are open; none where the customer's status alone says that somebody is at work.</param>
public sealed record OpenDealsDetail(int OpenDeals);
