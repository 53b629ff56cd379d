using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>The facts there are, read once an edition: which edition is in use, the database says with the rights of whoever acts.</summary>
internal sealed class FactCatalogs(FactCatalog builtIn)
{
    private const string Sql = "select subject, key, type, name_en, name_zh, choices::text, position, retired from custom_fields";

    private (FactEdition Edition, FactCatalog Catalog) _last = (default, builtIn);

    /// <summary>That of the latest edition seen.</summary>
    public FactCatalog Last => _last.Catalog;

    public async ValueTask<FactCatalog> Load(NpgsqlConnection connection, FactEdition edition, CancellationToken ct)
    {
        var last = _last;
        if (last.Edition == edition)
        {
            return last.Catalog;
        }

        var fields = new List<CustomField>();
        await new Reads(connection).Add(Sql, row => fields.Add(Read(row))).Run(ct);
        var catalog = builtIn.With(fields);
        _last = (edition, catalog);
        return catalog;
    }

    private static CustomField Read(NpgsqlDataReader row) => new(
        (FactSubject)row.GetInt16(0), row.GetString(1), (FactType)row.GetInt16(2), new LocalizedText(row.GetString(3), row.GetString(4)),
        JsonSerializer.Deserialize<List<CustomChoice>>(row.GetString(5), WireNames.Json)!, row.GetInt32(6), row.GetBoolean(7));
}

/// <summary>The facts there are for whoever acts in this scope.</summary>
internal sealed class FactsInUse(CrmDbContext db, ActorSource actors, FactCatalogs catalogs)
{
    public ValueTask<FactCatalog> Load(CancellationToken ct) => catalogs.Load(db.Connection, actors.Current.Facts, ct);

    /// <summary>After the lock was taken that keeps them from changing: those that there are now.</summary>
    public async Task<FactCatalog> LoadAgain(CancellationToken ct)
    {
        await new Reads(db.Connection).Add($"select {FactEdition.Columns}", row => actors.Current = actors.Current with { Facts = FactEdition.Read(row, 0) }).Run(ct);
        return await Load(ct);
    }
}
