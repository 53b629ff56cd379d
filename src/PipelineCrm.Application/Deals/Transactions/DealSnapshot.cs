using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a decision looks at of a deal: its row and what follows from it and from what belongs to it.</summary>
/// <param name="CustomerArchived">Whether its own customer is archived: then it stands still.</param>
/// <param name="Facts">What is not written but counted or worked out, by the keys of the facts.</param>
internal sealed record DealSnapshot(StoredDeal Deal, bool CustomerArchived, IReadOnlyDictionary<string, Fact> Facts)
{
    /// <summary>Why nothing about it moves, where it or its customer is archived.</summary>
    public Problem? Archived =>
        Deal.Content.ArchivedAt is not null ? new Problem(ProblemCode.Archived, DealMessages.ArchivedDeal)
        : CustomerArchived ? new Problem(ProblemCode.Archived, DealMessages.ArchivedCustomer)
        : null;

    /// <summary>Ownership is part of the query: what the actor does not see is not there.</summary>
    public static void AddTo(SqlBatch batch, DealId id, Actor actor, DateTimeOffset? past, FactCatalog catalog, Action<DealSnapshot> found)
    {
        var width = StoredDeal.Width(catalog);
        batch.Query(
            $"""
            select {StoredDeal.Columns(catalog)}, c.archived_at is not null{FactColumns.Select(catalog.DerivedOfDeal, AsOfParameters.Tokens(3))}
            from {DealViewSql.From}
            where {DealOwnership.DealIsVisible}
            """,
            row => found(new DealSnapshot(StoredDeal.Read(row, catalog), row.GetBoolean(width),
                FactColumns.Read(row, width + 1, catalog.DerivedOfDeal))),
            [id.Value, SqlBatch.OrNull(actor.Sees.Ids), .. AsOfParameters.Values(actor, past)]);
    }
}
