using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>The values that an import writes over those of customers and products that were there before, and how undoing it puts them
/// back.</summary>
internal sealed class ImportOverwrites(CrmDbContext db)
{
    private const int Chunk = 1000;
    private const string OfCustomer = "customer";
    private const string OfProduct = "product";

    private static readonly string[] Fields =
    [
        nameof(Customer.Name), nameof(Customer.Type), nameof(Customer.Email), nameof(Customer.Phone), nameof(Customer.Source),
        nameof(Customer.Sector),
        nameof(Customer.Country), nameof(Customer.Custom), nameof(Product.Price), nameof(Product.Currency),
    ];

    /// <summary>What the changes that wait in memory will write over.</summary>
    public IReadOnlyList<ImportOverwrite> Pending() =>
    [
        .. db.ChangeTracker.Entries<Customer>().SelectMany(entry => Pending(OfCustomer, entry.Entity.Id.Value, entry)),
        .. db.ChangeTracker.Entries<Product>().SelectMany(entry => Pending(OfProduct, entry.Entity.Id.Value, entry)),
    ];

    /// <summary>Puts back what still is as the import left it; what somebody changed since stays. The earlier values are deleted.</summary>
    /// <returns>How many customers and products have everything back.</returns>
    public async Task<long> Restore(int import, CancellationToken ct)
    {
        var whole = 0L;
        var records = (await db.ImportOverwrites.Where(line => line.ImportId == import).ToListAsync(ct))
            .GroupBy(line => (line.Entity, line.EntityId)).OrderBy(record => record.Key.EntityId).ToList();
        foreach (var chunk in records.Chunk(Chunk))
        {
            var customers = chunk.Where(record => record.Key.Entity == OfCustomer).Select(record => new CustomerId(record.Key.EntityId))
                .ToList();
            var products = chunk.Where(record => record.Key.Entity == OfProduct).Select(record => new ProductId(record.Key.EntityId))
                .ToList();
            var there = new Dictionary<Guid, EntityEntry>();
            await db.Customers.Where(customer => customers.Contains(customer.Id))
                .ForEachAsync(customer => there[customer.Id.Value] = db.Entry(customer), ct);
            await db.Products.Where(product => products.Contains(product.Id))
                .ForEachAsync(product => there[product.Id.Value] = db.Entry(product), ct);
            whole += chunk.Count(record => Restore(there[record.Key.EntityId], [.. record]));
        }

        db.RemoveRange(records.SelectMany(record => record));
        return whole;
    }

    private static IEnumerable<ImportOverwrite> Pending(string entity, Guid id, EntityEntry entry) => entry.State != EntityState.Modified
        ? []
        : entry.Properties
            .Where(property => property.IsModified && Fields.Contains(property.Metadata.Name))
            .Select(property => new ImportOverwrite
            {
                Entity = entity,
                EntityId = id,
                Field = property.Metadata.Name,
                Before = Json(property.OriginalValue),
                After = Json(property.CurrentValue),
            });

    private static bool Restore(EntityEntry record, IReadOnlyCollection<ImportOverwrite> lines)
    {
        var untouched = lines.Where(line => Equals(record.Property(line.Field).CurrentValue, Value(record, line.Field, line.After)))
            .ToList();
        foreach (var line in untouched)
        {
            record.Property(line.Field).CurrentValue = Value(record, line.Field, line.Before);
        }

        if (untouched.Count > 0)
        {
            var version = record.Property(nameof(Customer.Version));
            version.CurrentValue = (long)version.CurrentValue! + 1;
        }

        return untouched.Count == lines.Count;
    }

    private static string Json(object? value) => JsonSerializer.Serialize(value, value?.GetType() ?? typeof(object), WireNames.Json);

    private static object? Value(EntityEntry record, string field, string json) =>
        JsonSerializer.Deserialize(json, record.Property(field).Metadata.ClrType, WireNames.Json);
}
