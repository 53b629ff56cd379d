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

    /// <summary>The same to a page of deals d. It has few customers: with "limit 1" each is looked up, where the planner, who knows no
    /// page's length, may otherwise read them all.</summary>
    public const string JoinsOfPage = """
        cross join lateral (select c.* from customers c where c.id = d.customer_id limit 1) c
        join users o on o.id = d.owner_id
        """;

    public static string Columns(FactCatalog catalog) => StoredDeal.Columns(catalog) + ", now()";

    /// <summary>How many columns <see cref="Columns"/> are.</summary>
    public static int Width(FactCatalog catalog) => StoredDeal.Width(catalog) + 1;

    public static DealView Read(NpgsqlDataReader row, Actor reader, FactCatalog catalog) =>
        StoredDeal.Read(row, catalog).View(reader, catalog, row.GetFieldValue<DateTimeOffset>(StoredDeal.Width(catalog)));
}
