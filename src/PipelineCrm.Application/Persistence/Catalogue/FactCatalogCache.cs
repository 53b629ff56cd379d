using System.Text.Json;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Persistence.Catalogue;

/// <summary>The facts there are, read once an edition: which edition is in use, the database says with the rights of whoever
/// acts.</summary>
internal sealed class FactCatalogCache(FactCatalog builtIn)
{
    private const string Sql = "select subject, key, type, name_en, name_zh, choices::text, position, retired from custom_fields";

    private (FactCatalogVersion Edition, FactCatalog Catalog) _last = (default, builtIn);

    /// <summary>That of the latest edition seen.</summary>
    public FactCatalog Last => _last.Catalog;

    public async ValueTask<FactCatalog> Load(NpgsqlConnection connection, FactCatalogVersion edition, CancellationToken ct)
    {
        var last = _last;
        if (last.Edition == edition)
        {
            return last.Catalog;
        }

        var fields = new List<CustomField>();
        await new SqlBatch(connection).Query(Sql, row => fields.Add(Read(row))).Run(ct);
        var catalog = builtIn.With(fields);
        _last = (edition, catalog);
        return catalog;
    }

    private static CustomField Read(NpgsqlDataReader row) => new(
        (FactSubject)row.GetInt16(0), row.GetString(1), (FactType)row.GetInt16(2), new LocalizedText(row.GetString(3), row.GetString(4)),
        JsonSerializer.Deserialize<List<CustomChoice>>(row.GetString(5), WireNames.Json)!, row.GetInt32(6), row.GetBoolean(7));
}
