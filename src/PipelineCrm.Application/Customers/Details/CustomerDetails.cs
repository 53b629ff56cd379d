using PipelineCrm.Domain;

namespace PipelineCrm.Customers;

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
