using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Deals;

/// <summary>How a deal is read for showing: the columns of a select over <see cref="From"/>, and their reader.</summary>
internal static class DealViewSql
{
    /// <summary>A deal with its customer and its owner.</summary>
    public const string From = "deals d join customers c on c.id = d.customer_id join users o on o.id = d.owner_id";

    public static string Columns(FactCatalog catalog) => StoredDeal.Columns(catalog) + ", now()";

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public static int Width(FactCatalog catalog) => StoredDeal.Width(catalog) + 1;

    public static DealView Read(NpgsqlDataReader row, Actor reader, FactCatalog catalog) =>
        StoredDeal.Read(row, catalog).View(reader, catalog, row.GetFieldValue<DateTimeOffset>(StoredDeal.Width(catalog)));
}
