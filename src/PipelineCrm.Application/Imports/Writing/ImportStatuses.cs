using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;

namespace PipelineCrm.Imports;

/// <summary>Works out what an import does to the customers' statuses, and when each changed.</summary>
internal sealed class ImportStatuses(CrmDbContext db)
{
    private const int ChunkSize = 500;
    private static readonly string[] Fields = ["status", "statusStage", "statusSince", "returning"];

    /// <summary>Of customers that the import makes.</summary>
    public async Task StageNew(IReadOnlyList<Guid> customers, Staging staging, CancellationToken ct)
    {
        foreach (var chunk in customers.Chunk(ChunkSize))
        {
            var staged = await Staged(chunk, ct);
            await Stage(staged, _ => [], known: false, staging, ct);
        }
    }

    /// <summary>Of customers that were there, locked by now: with what happened to their other deals.</summary>
    public async Task StageKnown(Staging staging, CancellationToken ct)
    {
        var customers = await db.Database.SqlQuery<Guid>($"""
            select id as "Value" from customers
            where id in (select customer_id from import_deals) and id not in (select id from import_customers) and not placeholder
            """).ToListAsync(ct);
        foreach (var chunk in customers.Chunk(ChunkSize))
        {
            var events = (await Staged(chunk, ct)).Concat(await Recorded(chunk, ct));
            var history = await History(chunk, ct);
            await Stage(events, customer => history.GetValueOrDefault(customer, []), known: true, staging, ct);
        }
    }

    /// <summary>Of customers whose deals of this import have just become void.</summary>
    public async Task StageUndone(int import, DateTimeOffset now, Staging staging, CancellationToken ct)
    {
        var rows = await db.Database.SqlQuery<StandingRow>($"""
            select c.id as customer, u.id as deal, u.last_seq as seq, c.status::int as status, c.status_stage::int as lost_from, c.status_since as since,
                   c.returning_customer as returning, d.stage::int as stage, d.outcome::int as outcome, d.won_at as won_at, d.closed_at as closed_at
            from customers c
            cross join lateral (select id, last_seq from deals where customer_id = c.id and import_id = {import} order by id desc limit 1) u
            left join deals d on d.customer_id = c.id and not d.void and d.archived_at is null
            where c.id in (select customer_id from deals where import_id = {import}) and not c.placeholder
            """).ToListAsync(ct);
        var changes = rows.GroupBy(row => row.Customer)
            .Select(customer => (Id: customer.Key, Change: StandingRow.Change([.. customer], now)))
            .Where(customer => customer.Change.Before != customer.Change.After).ToList();
        await staging.Copy(Staging.Statuses, changes, customer => Cells(customer.Id, customer.Change.After, known: false), ct);
        await staging.Copy(Staging.History, [.. changes.SelectMany(customer => Lines(customer.Id, customer.Change))], line => line.Cells,
            ct);
    }

    private static async Task Stage(
        IEnumerable<CustomerEvent> events,
        Func<Guid, IReadOnlyList<ReportedStatus>> recorded,
        bool known,
        Staging staging,
        CancellationToken ct)
    {
        var changes = events.GroupBy(one => one.Customer)
            .Select(customer => (Id: customer.Key, Timeline: StatusTimeline.Of(customer.Select(one => one.Event), recorded(customer.Key))))
            .Where(customer => customer.Timeline.Changes.Count > 0)
            .ToList();
        await staging.Copy(Staging.Statuses, changes, customer => Cells(customer.Id, customer.Timeline.Now, known), ct);
        await staging.Copy(Staging.History, [.. changes.SelectMany(
            customer => customer.Timeline.Changes.SelectMany(change => Lines(customer.Id, change)))], line => line.Cells, ct);
    }

    private static object?[] Cells(Guid customer, CustomerStanding standing, bool known) =>
        [customer, standing.Status, standing.LostFrom, standing.LostAt, standing.Returning, known];

    private static IEnumerable<HistoryLineRow> Lines(Guid customer, StatusChange change)
    {
        (string Field, object? Before, object? After)[] fields =
        [
            ("status", change.Before.Status, change.After.Status),
            ("statusStage", change.Before.LostFrom, change.After.LostFrom),
            ("statusSince", change.Before.LostAt, change.After.LostAt),
            ("returning", change.Before.Returning, change.After.Returning),
        ];
        return fields.Where(field => !Equals(field.Before, field.After))
            .Select(field => HistoryLineRow.ForStatus(customer, field.Field, field.Before, field.After, change));
    }

    private async Task<List<CustomerEvent>> Staged(Guid[] customers,
        CancellationToken ct) => await Events(db.Database.SqlQuery<EventRow>($"""
        select d.customer_id as customer, t.deal_id as deal, t.seq as seq, t.occurred_at as at,
               t.to_stage::int as stage, t.to_outcome::int as outcome, null::int as undoes, null::boolean as counts
        from import_transitions t join import_deals d on d.id = t.deal_id
        where d.customer_id = any({customers})
        order by d.customer_id, t.occurred_at, t.deal_id, t.seq
        """), ct);

    private async Task<List<CustomerEvent>> Recorded(Guid[] customers,
        CancellationToken ct) => await Events(db.Database.SqlQuery<EventRow>($"""
        select d.customer_id as customer, t.deal_id as deal, t.seq as seq, t.occurred_at as at,
               t.to_stage::int as stage, t.to_outcome::int as outcome, u.seq as undoes, null::boolean as counts
        from transitions t join deals d on d.id = t.deal_id left join transitions u on u.id = t.undoes
        where d.customer_id = any({customers}) and not d.void
        union all
        select d.customer_id, d.id, 0, h.occurred_at, d.stage::int, d.outcome::int, null, coalesce(h.after, 'null') = 'null'
        from deals d join history h on h.entity = 'deal' and h.entity_id = d.id::text and h.field = 'archivedAt'
        where d.customer_id = any({customers}) and not d.void
        """), ct);

    private static async Task<List<CustomerEvent>> Events(IQueryable<EventRow> rows, CancellationToken ct) =>
        [.. (await rows.ToListAsync(ct)).Select(row => new CustomerEvent(
            row.Customer,
            new DealEvent(row.Deal, row.Seq, row.At, new Position((Stage)row.Stage, (Outcome)row.Outcome), row.Undoes, row.Counts)))];

    /// <summary>How the history tells a customer's status, field by field.</summary>
    private async Task<Dictionary<Guid, List<ReportedStatus>>> History(Guid[] customers, CancellationToken ct)
    {
        var ids = customers.Select(id => id.ToString()).ToList();
        var lines = await db.History.AsNoTracking()
            .Where(line => line.Entity == "customer" && ids.Contains(line.EntityId) && Fields.Contains(line.Field))
            .OrderBy(line => line.OccurredAt).ThenBy(line => line.Id)
            .Select(line => new { line.EntityId, line.Field, line.After, line.OccurredAt })
            .ToListAsync(ct);
        return lines.GroupBy(line => Guid.Parse(line.EntityId))
            .ToDictionary(customer => customer.Key, customer => customer.Select(
                line => new ReportedStatus(line.OccurredAt, standing => Read(standing, line.Field, line.After))).ToList());
    }

    private static CustomerStanding Read(CustomerStanding standing, string field, string? json) => (field, json) switch
    {
        ("status", { } status) => standing with { Status = Parse<PurchaseStatus>(status) },
        ("statusStage", var stage) => standing with { LostFrom = stage is null ? null : Parse<Stage>(stage) },
        ("statusSince", var since) => standing with { LostAt = since is null ? null : Parse<DateTimeOffset>(since) },
        ("returning", { } returning) => standing with { Returning = Parse<bool>(returning) },
        _ => standing,
    };

    private static T Parse<T>(string json) => System.Text.Json.JsonSerializer.Deserialize<T>(json, WireNames.Json)!;

    private sealed record EventRow(Guid Customer, Guid Deal, int Seq, DateTimeOffset At, int Stage, int Outcome, int? Undoes, bool? Counts);

    /// <summary>A customer as it is stored, with one of the deals that count now; without a stage where there is none.</summary>
    private sealed record StandingRow(
        Guid Customer, Guid Deal, int Seq, int Status, int? LostFrom, DateTimeOffset? Since, bool Returning, int? Stage, int? Outcome,
        DateTimeOffset? WonAt, DateTimeOffset? ClosedAt)
    {
        public static StatusChange Change(IReadOnlyList<StandingRow> rows, DateTimeOffset now)
        {
            var first = rows[0];
            var before = new CustomerStanding((PurchaseStatus)first.Status, (Stage?)first.LostFrom, first.Since, first.Returning);
            var follows = CustomerStanding.Of(rows.Where(row => row.Stage is not null)
                .Select(row => new DealStanding((Stage)row.Stage!, (Outcome)row.Outcome!, row.WonAt, row.ClosedAt)));
            return new StatusChange(now, first.Deal, first.Seq, before, StatusTimeline.Held(follows, before, now));
        }
    }

    private sealed record CustomerEvent(Guid Customer, DealEvent Event);
}
