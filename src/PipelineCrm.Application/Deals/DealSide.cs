using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>What a decision looks at of a deal: its row and what follows from it and from what belongs to it.</summary>
/// <param name="CustomerArchived">Whether its own customer is archived: then it stands still.</param>
/// <param name="Facts">What is not written but counted or worked out, by the keys of the facts.</param>
internal sealed record DealSide(StoredDeal Deal, bool CustomerArchived, IReadOnlyDictionary<string, Fact> Facts)
{
    /// <summary>Why nothing about it moves, where it or its customer is archived.</summary>
    public Problem? Archived =>
        Deal.Content.ArchivedAt is not null ? new Problem(ProblemCode.Archived, DealText.ArchivedDeal)
        : CustomerArchived ? new Problem(ProblemCode.Archived, DealText.ArchivedCustomer)
        : null;

    /// <summary>Ownership is part of the query: what the actor does not see is not there.</summary>
    public static void AddTo(Reads reads, DealId id, Actor actor, DateTimeOffset? past, FactCatalog catalog, Action<DealSide> found)
    {
        var width = StoredDeal.Width(catalog);
        reads.Add(
            $"""
            select {StoredDeal.Columns(catalog)}, c.archived_at is not null{FactColumns.Select(catalog.DerivedOfDeal, Moment.Tokens(3))}
            from {DealRow.From}
            where {Ownership.DealIsSeen}
            """,
            row => found(new DealSide(StoredDeal.Read(row, catalog), row.GetBoolean(width), FactColumns.Read(row, width + 1, catalog.DerivedOfDeal))),
            [id.Value, Reads.Or(actor.Sees.Ids), .. Moment.Values(actor, past)]);
    }
}
