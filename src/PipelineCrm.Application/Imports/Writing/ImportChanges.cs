using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>What an import will make and change besides deals.</summary>
internal sealed record ImportChanges(ImportCounts Created, ImportCounts Updated, ImportCounts Skipped,
    IReadOnlyList<PendingRecord> NewCustomers)
{
    /// <summary>In an order in which each may be written: who is above first.</summary>
    public required IReadOnlyList<Team> Teams { get; init; }

    public required IReadOnlyList<IImported> UsersAndProducts { get; init; }

    /// <summary>Products that an import's undoing took out of use; this import brings them back, as if it had made them.</summary>
    public required IReadOnlyList<Product> Returned { get; init; }

    /// <summary>How many imports had been undone when reading began.</summary>
    public required int UndoneBefore { get; init; }
}
