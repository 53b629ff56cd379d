using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>Writes what the catalogue declares of customers to a customer that is tracked, and reads it from there.</summary>
internal static class CustomerFactMapping
{
    /// <summary>Only what is among the values; the rest stays as it is.</summary>
    public static void Write(EntityEntry<Customer> customer, FactCatalog catalog, IEnumerable<KeyValuePair<string, Fact>> values)
    {
        var custom = FactColumns.Custom(customer.Entity.Custom, catalog, FactSubject.Customer);
        var changed = custom;
        foreach (var (key, value) in values)
        {
            if (catalog.Find(key) is not { Subject: FactSubject.Customer, IsContent: true } fact)
            {
                throw new ArgumentOutOfRangeException(nameof(values), key, "No such fact is written to a customer.");
            }

            if (fact.Custom is not null)
            {
                changed = changed.With(key, value);
            }
            else
            {
                PropertyOf(customer, fact).CurrentValue = FactColumns.Parameter(fact, value).Value is var plain && plain is short number
                    ? (CustomerType)number : plain;
            }
        }

        if (!changed.Equals(custom))
        {
            customer.Entity.Custom = FactColumns.Custom(changed, catalog, FactSubject.Customer);
        }
    }

    public static FactValues Read(EntityEntry<Customer> customer, FactCatalog catalog) =>
        FactColumns.Custom(customer.Entity.Custom, catalog, FactSubject.Customer)
            .With(catalog.CustomerColumns.Select(
                fact => KeyValuePair.Create(fact.Key, Stored(fact, PropertyOf(customer, fact).CurrentValue))));

    private static Fact Stored(FactDefinition fact,
        object? value) => value is CustomerType type ? Fact.Of(type.ToWire()) : FactJson.Of(value);

    private static PropertyEntry PropertyOf(EntityEntry<Customer> customer, FactDefinition fact) =>
        customer.Properties.Single(property => property.Metadata.GetColumnName() == fact.Column);
}
