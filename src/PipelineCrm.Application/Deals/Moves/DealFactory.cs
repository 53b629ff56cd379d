using System.Text.Json;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Opens deals: new ones, and those that come of repurchase and refer.</summary>
internal static class DealFactory
{
    public static StoredDeal Create(DealContent content, CustomerSnapshot customer, string ownerName, Stage stage,
        MoveTransaction transaction) => new(
        DealId.New(), customer.Id, customer.Name, ownerName, content,
        PurchasePath.Apply(null, new Position(stage, Outcome.Open), transaction.Now).State,
        transaction.Rank, LastSeq: 1, Version: 1, Cycle: 1, null, null, transaction.Now);

    /// <summary>The deal's first transition.</summary>
    public static DealWrite Write(StoredDeal deal, MoveTransaction transaction, long id, Verdict verdict)
    {
        var applied = PurchasePath.Apply(null, deal.State.Position, transaction.Now);
        var transition = new TransitionWrite(
            id, MoveKind.Create, new UndoSnapshot(null).Json(), applied, transaction.Rules.Version,
            JsonSerializer.Serialize(verdict.Conditions, WireNames.Json));
        return new DealWrite(null, deal, transition);
    }
}
