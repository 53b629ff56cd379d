using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Customers;

/// <summary>Reads from the history what happened to a customer after a version of it.</summary>
internal sealed class CustomerConflicts(CrmDbContext db)
{
    private const string Entity = "customer";
    private const string VersionField = "version";

    public async Task<CustomerConflict> Since(Customer customer, long version, CancellationToken ct)
    {
        var key = customer.Id.ToString();
        var history = db.History.AsNoTracking().Where(h => h.Entity == Entity && h.EntityId == key);

        // The version is the last field of each write, so what follows its entry came after it.
        var seen = await history.Where(h => h.Field == VersionField && h.After == VersionJson(version)).MaxAsync(h => (long?)h.Id, ct) ?? 0;
        var later = await history.Where(h => h.Id > seen).OrderBy(h => h.Id).ToListAsync(ct);
        var fields = later.Select(h => h.Field).Where(field => field != VersionField).Distinct().ToList();
        var last = later.LastOrDefault();
        return new CustomerConflict(
            "fields",
            fields.Count > 0 ? fields : ["contacts"],
            last?.ByUser,
            last?.ByUser is { } by ? await db.Users.Where(u => u.Id == by).Select(u => u.DisplayName).SingleOrDefaultAsync(ct) : null,
            last?.RecordedAt,
            customer.Version);
    }

    private static string VersionJson(long version) => version.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
