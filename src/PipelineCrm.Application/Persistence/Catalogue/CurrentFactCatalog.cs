using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>The facts there are for whoever acts in this scope.</summary>
internal sealed class CurrentFactCatalog(CrmDbContext db, ActorLoader actors, FactCatalogCache catalogs)
{
    public ValueTask<FactCatalog> Load(CancellationToken ct) => catalogs.Load(db.Connection, actors.Current.Facts, ct);

    /// <summary>After the lock was taken that keeps them from changing: those that there are now.</summary>
    public async Task<FactCatalog> LoadAgain(CancellationToken ct)
    {
        await new SqlBatch(db.Connection).Query($"select {FactCatalogVersion.Columns}",
            row => actors.Current = actors.Current with { Facts = FactCatalogVersion.Read(row, 0) }).Run(ct);
        return await Load(ct);
    }
}
