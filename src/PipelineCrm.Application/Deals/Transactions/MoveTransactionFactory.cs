using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>Begins move transactions; one request may need several of them in turn.</summary>
internal sealed class MoveTransactionFactory(
    CrmDbContext db, ActorLoader actors, RequestContext requestContext, RuleSetCache ruleSets, FactCatalogCache catalogs,
    LedgerWriter writer, MoveTestHook hook)
{
    public async Task<MoveTransaction> Begin(MoveInputs inputs, CancellationToken ct)
    {
        var transaction = new MoveTransaction(db, actors, requestContext, ruleSets, catalogs, writer, hook);
        try
        {
            await transaction.Begin(inputs, ct);
            return transaction;
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
    }
}
