using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Customers;

/// <summary>A customer as it is shown and as the API answers it.</summary>
/// <param name="Status">Where the customer as a whole stands; null for a placeholder, which has none.</param>
/// <param name="StatusStage">The stage that a lost customer was lost from.</param>
/// <param name="Returning">Whether any deal was won before.</param>
/// <param name="Placeholder">Stands for customers that a file did not name.</param>
/// <param name="ArchivedAt">Since when it is out of lists and counts; null: it is not.</param>
public record CustomerView(
    CustomerId Id,
    string Name,
    CustomerType Type,
    string? Email,
    string? Phone,
    string? Source,
    long Version,
    PurchaseStatus? Status,
    Stage? StatusStage,
    DateTimeOffset? StatusSince,
    bool Returning,
    bool Placeholder,
    CustomerId? ReferrerId,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ArchivedAt)
{
    internal static readonly Expression<Func<Customer, CustomerView>> From = c => new CustomerView(
        c.Id, c.Name, c.Type, c.Email, c.Phone, c.Source, c.Version, c.Placeholder ? null : c.Status, c.StatusStage, c.StatusSince,
        c.Returning, c.Placeholder, c.ReferrerId, c.CreatedAt, c.ArchivedAt)
    {
        Kept = c.Custom,
    };

    /// <summary>The values of fields that admins added, by the fields' keys; what is empty is not in it.</summary>
    public JsonFieldDictionary Custom => JsonSerializer.Deserialize<JsonFieldDictionary>(Kept)!;

    /// <summary>The same as the database keeps it.</summary>
    [JsonIgnore]
    internal string Kept { get; init; } = "{}";

    internal static CustomerView Of(Customer customer) => Compiled(customer);

    private static readonly Func<Customer, CustomerView> Compiled = From.Compile();
}
