using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a decision looks at, and a move writes, of a customer.</summary>
/// <param name="Facts">What the catalogue declares of customers, but for custom fields.</param>
/// <param name="Custom">Those, by the keys of their facts.</param>
internal sealed record CustomerSnapshot(
    CustomerId Id, string Name, bool Placeholder, bool Archived, CustomerState State, IReadOnlyDictionary<string, Fact> Facts,
    FactValues Custom)
{
    /// <summary>Of the customer given, else of the deal given.</summary>
    private const string Which = "coalesce($1, (select customer_id from deals where id = $2))";

    private const string DealsSql = $"""
        select d.id, d.stage, d.outcome, d.won_at, d.closed_at, not d.void and d.archived_at is null
        from deals d join customers c on c.id = d.customer_id where c.id = {Which} and not c.placeholder
        """;

    /// <summary>All that is known of it, by the keys of the facts.</summary>
    public IReadOnlyDictionary<string, Fact> AllFacts(FactCatalog catalog) => FactBuilder.OfCustomer(Facts, Custom, catalog);

    /// <summary>What each of the customer's deals means for the status.</summary>
    public Dictionary<DealId, DealStanding> Deals { get; } = [];

    public static void AddTo(SqlBatch batch, CustomerId? customer, DealId? deal, Actor actor, DateTimeOffset? past, FactCatalog catalog,
        Action<CustomerSnapshot> found)
    {
        CustomerSnapshot? snapshot = null;
        batch.Query(
            $"""
            select c.id, c.name, c.placeholder, c.archived_at is not null, c.status, c.status_stage, c.status_since, c.returning_customer, c.referrer_id,
                   c.custom::text{FactColumns.Select(catalog.CustomerFacts, AsOfParameters.Tokens(3))}
            from customers c where c.id = {Which}
            """,
            row => found(snapshot = Read(row, catalog)),
            [SqlBatch.OrNull(customer?.Value), SqlBatch.OrNull(deal?.Value), .. AsOfParameters.Values(actor, past)]);
        batch.Query(
            DealsSql,
            row => snapshot!.Deals[new DealId(row.GetGuid(0))] = new DealStanding(
                (Stage)row.GetInt16(1), (Outcome)row.GetInt16(2), row.GetOrNull<DateTimeOffset>(3), row.GetOrNull<DateTimeOffset>(4),
                row.GetBoolean(5)),
            SqlBatch.OrNull(customer?.Value),
            SqlBatch.OrNull(deal?.Value));
    }

    /// <summary>The status with the given deals as they become; null where nothing changes.</summary>
    public StatusWrite? With(IEnumerable<StoredDeal> deals, long? transition, CustomerId? referrer, DateTimeOffset now)
    {
        var standings = new Dictionary<DealId, DealStanding>(Deals);
        foreach (var deal in deals.Where(deal => deal.CustomerId == Id))
        {
            standings[deal.Id] = deal.Standing;
        }

        var standing = CustomerStanding.Of(standings.Values, Placeholder);
        var after = new CustomerState(standing with { LostAt = Since(standing, now) }, referrer);
        return after == State ? null : new StatusWrite(Id, State, after, transition);
    }

    /// <summary>A lost customer's instant follows from the deal; any other status counts from the move that brought it.</summary>
    private DateTimeOffset? Since(CustomerStanding standing, DateTimeOffset now) => standing.Status switch
    {
        PurchaseStatus.None => null,
        PurchaseStatus.Lost => standing.LostAt,
        _ => standing.Status == State.Standing.Status ? State.Standing.LostAt : now,
    };

    private static CustomerSnapshot Read(NpgsqlDataReader row, FactCatalog catalog) => new(
        new CustomerId(row.GetGuid(0)), row.GetString(1), row.GetBoolean(2), row.GetBoolean(3),
        new CustomerState(
            new CustomerStanding((PurchaseStatus)row.GetInt16(4), (Stage?)row.GetOrNull<short>(5), row.GetOrNull<DateTimeOffset>(6),
                row.GetBoolean(7)),
            row.GetOrNull<Guid>(8) is { } referrer ? new CustomerId(referrer) : null),
        FactColumns.Read(row, 10, catalog.CustomerFacts),
        FactColumns.Custom(row.GetString(9), catalog, FactSubject.Customer));
}
