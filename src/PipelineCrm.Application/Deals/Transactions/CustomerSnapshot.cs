using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>What a decision looks at, and a move writes, of a customer.</summary>
internal sealed record CustomerSnapshot(
    CustomerId Id, string Name, CustomerType Type, string? Email, string? Phone, bool Placeholder, bool Archived, CustomerState State, int Contacts, int DecisionMakers)
{
    /// <summary>Of the customer given, else of the deal given.</summary>
    private const string Which = "coalesce($1, (select customer_id from deals where id = $2))";

    private const string Sql = $"""
        select c.id, c.name, c.type, c.email, c.phone, c.placeholder, c.archived_at is not null, c.status, c.status_stage, c.status_since, c.returning_customer, c.referrer_id,
               (select count(*)::integer from contacts x where x.customer_id = c.id),
               (select count(*)::integer from contacts x where x.customer_id = c.id and x.decision_maker)
        from customers c where c.id = {Which}
        """;

    private const string DealsSql = $"""
        select d.id, d.stage, d.outcome, d.won_at, d.closed_at, not d.void and d.archived_at is null
        from deals d join customers c on c.id = d.customer_id where c.id = {Which} and not c.placeholder
        """;

    /// <summary>What each of the customer's deals means for the status.</summary>
    public Dictionary<DealId, DealStanding> Deals { get; } = [];

    public static void AddTo(SqlBatch batch, CustomerId? customer, DealId? deal, Action<CustomerSnapshot> found)
    {
        CustomerSnapshot? snapshot = null;
        batch.Query(Sql, row => found(snapshot = Read(row)), SqlBatch.OrNull(customer?.Value), SqlBatch.OrNull(deal?.Value));
        batch.Query(
            DealsSql,
            row => snapshot!.Deals[new DealId(row.GetGuid(0))] = new DealStanding(
                (Stage)row.GetInt16(1), (Outcome)row.GetInt16(2), row.GetOrNull<DateTimeOffset>(3), row.GetOrNull<DateTimeOffset>(4), row.GetBoolean(5)),
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

    private static CustomerSnapshot Read(NpgsqlDataReader row) => new(
        new CustomerId(row.GetGuid(0)), row.GetString(1), (CustomerType)row.GetInt16(2), row.GetTextOrNull(3), row.GetTextOrNull(4), row.GetBoolean(5), row.GetBoolean(6),
        new CustomerState(
            new CustomerStanding((PurchaseStatus)row.GetInt16(7), (Stage?)row.GetOrNull<short>(8), row.GetOrNull<DateTimeOffset>(9), row.GetBoolean(10)),
            row.GetOrNull<Guid>(11) is { } referrer ? new CustomerId(referrer) : null),
        row.GetInt32(12), row.GetInt32(13));
}
