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

    /// <summary>Of customers that were there: locked, with what happened to their other deals.</summary>
    public async Task StageKnown(Staging staging, CancellationToken ct)
    {
        var customers = await db.Database.SqlQuery<Guid>($"""
            select id as "Value" from customers
            where id in (select customer_id from import_deals) and id not in (select id from import_customers) and not placeholder and archived_at is null
            order by id for no key update
            """).ToListAsync(ct);
        foreach (var chunk in customers.Chunk(ChunkSize))
        {
            var events = (await Staged(chunk, ct)).Concat(await Recorded(chunk, ct))
                .OrderBy(one => one.Event.At).ThenBy(one => one.Event.Deal).ThenBy(one => one.Event.Seq).ToList();
            var history = await History(chunk, ct);
            await Stage(events, customer => history.GetValueOrDefault(customer, []), known: true, staging, ct);
        }
    }

    private static async Task Stage(
        IEnumerable<CustomerEvent> events,
        Func<Guid, IReadOnlyList<(DateTimeOffset, CustomerStanding)>> recorded,
        bool known,
        Staging staging,
        CancellationToken ct)
    {
        var changes = events.GroupBy(one => one.Customer)
            .Select(customer => (Id: customer.Key, Changes: StatusTimeline.Of(customer.Select(one => one.Event), recorded(customer.Key)).ToList()))
            .Where(customer => customer.Changes.Count > 0)
            .ToList();
        await staging.Copy(Staging.Statuses, changes, customer => Cells(customer.Id, customer.Changes[^1], known), ct);
        await staging.Copy(Staging.History, [.. changes.SelectMany(customer => customer.Changes.SelectMany(change => Lines(customer.Id, change)))], line => line.Cells, ct);
    }

    private static object?[] Cells(Guid customer, StatusChange last, bool known) =>
        [customer, last.After.Status, last.After.LostFrom, last.After.LostAt, last.After.Returning, known];

    private static IEnumerable<HistoryLine> Lines(Guid customer, StatusChange change)
    {
        (string Field, object? Before, object? After)[] fields =
        [
            ("status", change.Before.Status, change.After.Status),
            ("statusStage", change.Before.LostFrom, change.After.LostFrom),
            ("statusSince", change.Before.LostAt, change.After.LostAt),
            ("returning", change.Before.Returning, change.After.Returning),
        ];
        return fields.Where(field => !Equals(field.Before, field.After))
            .Select(field => HistoryLine.ForStatus(customer, field.Field, field.Before, field.After, change));
    }

    private async Task<List<CustomerEvent>> Staged(Guid[] customers, CancellationToken ct) => await Events(db.Database.SqlQuery<EventRow>($"""
        select d.customer_id as "Customer", t.deal_id as "Deal", t.seq as "Seq", t.occurred_at as "At",
               t.to_stage::int as "Stage", t.to_outcome::int as "Outcome", null::int as "Undoes", false as "Archives"
        from import_transitions t join import_deals d on d.id = t.deal_id
        where d.customer_id = any({customers})
        order by d.customer_id, t.occurred_at, t.deal_id, t.seq
        """), ct);

    private async Task<List<CustomerEvent>> Recorded(Guid[] customers, CancellationToken ct) => await Events(db.Database.SqlQuery<EventRow>($"""
        select d.customer_id as "Customer", t.deal_id as "Deal", t.seq as "Seq", t.occurred_at as "At",
               t.to_stage::int as "Stage", t.to_outcome::int as "Outcome", u.seq as "Undoes", false as "Archives"
        from transitions t join deals d on d.id = t.deal_id left join transitions u on u.id = t.undoes
        where d.customer_id = any({customers}) and not d.void
        union all
        select d.customer_id, d.id, d.last_seq + 1, d.archived_at, d.stage::int, d.outcome::int, null, true
        from deals d where d.customer_id = any({customers}) and not d.void and d.archived_at is not null
        """), ct);

    private static async Task<List<CustomerEvent>> Events(IQueryable<EventRow> rows, CancellationToken ct) =>
        [.. (await rows.ToListAsync(ct)).Select(row => new CustomerEvent(
            row.Customer, new DealEvent(row.Deal, row.Seq, row.At, new Position((Stage)row.Stage, (Outcome)row.Outcome), row.Undoes, row.Archives)))];

    /// <summary>How the history tells a customer's status, change by change.</summary>
    private async Task<Dictionary<Guid, List<(DateTimeOffset, CustomerStanding)>>> History(Guid[] customers, CancellationToken ct)
    {
        var ids = customers.Select(id => id.ToString()).ToList();
        var lines = await db.History.AsNoTracking()
            .Where(line => line.Entity == "customer" && ids.Contains(line.EntityId) && Fields.Contains(line.Field))
            .OrderBy(line => line.OccurredAt).ThenBy(line => line.Id)
            .Select(line => new { line.EntityId, line.Field, line.After, line.OccurredAt })
            .ToListAsync(ct);
        return lines.GroupBy(line => Guid.Parse(line.EntityId)).ToDictionary(customer => customer.Key, customer =>
        {
            var standing = CustomerStanding.None;
            return customer.Select(line => (line.OccurredAt, standing = Read(standing, line.Field, line.After))).ToList();
        });
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

    private sealed record EventRow(Guid Customer, Guid Deal, int Seq, DateTimeOffset At, int Stage, int Outcome, int? Undoes, bool Archives);

    private sealed record CustomerEvent(Guid Customer, DealEvent Event);
}
