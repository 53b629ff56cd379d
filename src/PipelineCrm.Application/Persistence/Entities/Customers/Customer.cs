using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Entities;

/// <summary>A person or an organisation that may buy.</summary>
internal sealed class Customer
{
    public const int NameLength = 200;
    public const int EmailLength = 254;
    public const int PhoneLength = 50;

    public CustomerId Id { get; init; }
    public required string Name { get; set; }
    public CustomerType Type { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }
    public string? Source { get; set; }
    public string? Sector { get; set; }
    public string? Country { get; set; }
    public bool Placeholder { get; init; }

    /// <summary>Kept by the moves of the customer's deals, never by a form.</summary>
    public PurchaseStatus Status { get; private set; }

    /// <summary>The stage a lost customer was lost from.</summary>
    public Stage? StatusStage { get; private set; }
    public DateTimeOffset? StatusSince { get; private set; }
    public bool Returning { get; private set; }
    public CustomerId? ReferrerId { get; private set; }
    public string? ExternalKey { get; init; }

    /// <summary>The import that made it; null where people did.</summary>
    public int? ImportId { get; init; }
    public DateTimeOffset? ArchivedAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public UserId? CreatedBy { get; init; }
    public long Version { get; set; }

    /// <summary>JSON: the values of fields that admins added, by their keys.</summary>
    public string Custom { get; set; } = "{}";

    public List<Contact> Contacts { get; } = [];
    public List<Deal> Deals { get; } = [];
}
