using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>What undoing an import locks and writes, a statement for each kind of row. Nothing is deleted.</summary>
internal sealed class ImportRollback(CrmDbContext db, ImportStatuses statuses, StagedWrites staged, ImportOverwrites overwrites)
{
    /// <summary>No deal of an import that may be undone was written since.</summary>
    private const long VersionAfter = 2;

    /// <summary>Customers, then deals, each in the order of their ids, as every writer of many locks them.</summary>
    public async Task Lock(int import, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            select 1 from customers
            where import_id = {import} or id in (select customer_id from deals where import_id = {import})
               or id in (select entity_id from import_overwrites where import_id = {import})
            order by id for no key update
            """,
            ct);
        await db.Database.ExecuteSqlAsync($"select 1 from deals where import_id = {import} order by id for no key update", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            select 1 from products where import_id = {import} or id in (select entity_id from import_overwrites where import_id = {import})
            order by id for no key update
            """,
            ct);
    }

    public async Task<UndoImport.Answer> Write(Import import, UserId admin, Staging staging, CancellationToken ct)
    {
        var now = await db.Database.SqlQuery<DateTimeOffset>($"select transaction_timestamp() as \"Value\"").SingleAsync(ct);
        var deals = await Deals(import.Id, admin, now, ct);
        await statuses.StageUndone(import.Id, now, staging, ct);
        await staged.Statuses(ct);
        await staged.History(admin, VersionAfter, ct);
        await Customers(import, admin, now, ct);
        var products = await Products(import, ct);
        var putBack = await overwrites.Restore(import.Id, ct);
        (import.UndoneAt, import.UndoneBy) = (now, admin);
        await db.SaveChangesAsync(ct);
        var (created, updated) = (ListImports.Counts(import.Created), ListImports.Counts(import.Updated));
        var productsMade = await db.Products.CountAsync(product => product.ImportId == import.Id, ct);
        return new UndoImport.Answer(
            import.Id,
            deals,
            await db.Customers.CountAsync(customer => customer.ImportId == import.Id && customer.ArchivedAt == now, ct),
            await db.Customers.CountAsync(customer => customer.ImportId == import.Id && customer.ArchivedAt == null, ct),
            products,
            productsMade - products,
            await db.Users.CountAsync(user => user.ImportId == import.Id, ct),
            await db.Teams.CountAsync(team => team.ImportId == import.Id, ct),
            putBack,
            // A product that it brought back counts as updated and as made by it.
            updated.Customers + updated.Products - (productsMade - created.Products) - putBack);
    }

    /// <summary>Takes each deal's opening back, as undoing a single deal's does. Nobody undoes an undo, so nothing is stored for
    /// it.</summary>
    private async Task<long> Deals(int import, UserId admin, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into transitions (deal_id, seq, kind, from_stage, from_outcome, to_stage, to_outcome, occurred_at, recorded_at, by_user, channel, rule_set, undoes, version)
            select d.id, d.last_seq + 1, {(short)MoveKind.Undo}, d.stage, d.outcome, d.stage, d.outcome, {now}, {now}, {admin.Value}, {(short)Channel.Import},
                   (select version from rule_sets where in_force_from <= {now} order by in_force_from desc, version desc limit 1), t.id, d.version + 1
            from deals d join transitions t on t.deal_id = d.id and t.seq = 1
            where d.import_id = {import} and not d.void
            order by d.id
            """,
            ct);
        return await db.Database.ExecuteSqlAsync(
            $"""
            with undone as (
                update deals set void = true, last_seq = last_seq + 1, version = version + 1
                where import_id = {import} and not void
                returning id, last_seq, version)
            insert into history (entity, entity_id, field, after, occurred_at, recorded_at, by_user, channel, transition_id, deal_id, version)
            select 'deal', u.id::text, 'void', 'true', {now}, {now}, {admin.Value}, {(short)Channel.Import}, t.id, u.id, u.version
            from undone u join transitions t on t.deal_id = u.id and t.seq = u.last_seq
            """,
            ct);
    }

    /// <summary>Those that nothing else holds: no deal, contact, referral, nor a change by anybody since.</summary>
    private Task<int> Customers(Import import, UserId admin, DateTimeOffset now, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        with unused as (
            select c.id, c.external_key from customers c
            where c.import_id = {import.Id} and c.archived_at is null and c.referrer_id is null
              and not exists (select from deals d where d.customer_id = c.id and not d.void)
              and not exists (select from contacts x where x.customer_id = c.id)
              and not exists (select from customers r where r.referrer_id = c.id)
              and not exists (
                  select from history h
                  where h.entity = 'customer' and h.entity_id = c.id::text
                    and h.recorded_at > (select min(made.recorded_at) from history made where made.entity = 'customer' and made.entity_id = c.id::text)
                    and h.field not in ('status', 'statusStage', 'statusSince', 'returning'))),
        archived as (
            update customers c set archived_at = {now}, external_key = null, version = c.version + 1 from unused u where c.id = u.id),
        line (field, place) as (values ('archivedAt', 1), ('externalKey', 2))
        insert into history (entity, entity_id, field, before, after, occurred_at, recorded_at, by_user, channel)
        select 'customer', u.id::text, line.field, case line.place when 2 then to_jsonb(u.external_key) end, case line.place when 1 then to_jsonb({now}) end,
               {now}, {now}, {admin.Value}, {(short)Channel.Import}
        from unused u cross join line order by u.id, line.place
        """,
        ct);

    /// <summary>Those in no deal and no quote.</summary>
    private async Task<int> Products(Import import, CancellationToken ct)
    {
        var unused = await db.Products
            .Where(product => product.ImportId == import.Id && product.Active
                && !db.Deals.Any(deal => deal.ProductId == product.Id && !deal.Void)
                && !db.Quotes.Any(quote => quote.Lines.Any(line => line.ProductId == product.Id)))
            .ToListAsync(ct);
        foreach (var product in unused)
        {
            product.Active = false;
            product.Version++;
        }

        return unused.Count;
    }
}
