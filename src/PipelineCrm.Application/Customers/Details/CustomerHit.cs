using PipelineCrm.Domain;

namespace PipelineCrm.Customers;

/// <summary>A customer in a picker, with what tells two of one name apart.</summary>
public sealed record CustomerHit(CustomerId Id, string Name, CustomerType Type, PurchaseStatus? Status)
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>The stage a lost customer was lost from.</summary>
    public Stage? StatusStage { get; init; }

    /// <summary>Who has the newest of its deals that the reader may see.</summary>
    public string? OwnerName { get; init; }
}
