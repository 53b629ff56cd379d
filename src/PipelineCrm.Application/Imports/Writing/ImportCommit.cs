using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Imports;

/// <summary>The end of an import: one short transaction that takes over what is staged.</summary>
internal sealed class ImportCommit(CrmDbContext db, ActorLoader actors, ImportStatuses statuses, StagedWrites staged,
    ImportOverwrites overwrites)
{
    /// <summary>Makes teams, users and products and applies changes to what is known already, in memory only.</summary>
    public async Task<ImportChanges> Prepare(ImportRun run, ImportReferenceData reference, FactCatalog facts, CancellationToken ct)
    {
        var customers = reference.Drafts(RecordKind.Customer).ToList();
        var returned = await Returned([.. reference.Drafts(RecordKind.Product).Where(draft => draft.Existing)], ct);
        var updated = new ImportCounts(
            Customers: await UpdateCustomers([.. customers.Where(draft => draft is { Existing: true, Placeholder: false })], facts, ct),
            Products: await UpdateProducts([.. reference.Drafts(RecordKind.Product).Where(draft => draft.Existing)], ct));
        var created = Count(existing: false);
        var known = Count(existing: true);
        return new ImportChanges(
            created,
            updated,
            known with { Customers = known.Customers - updated.Customers, Products = known.Products - updated.Products },
            [.. customers.Where(draft => !draft.Existing)])
        {
            Teams = [.. New(RecordKind.Team).Select(draft => TeamOf(draft, run.Now))],
            UsersAndProducts =
            [
                .. New(RecordKind.User).Select(draft => UserOf(draft, run.Now)),
                .. New(RecordKind.Product).Select(draft => ProductOf(draft, run.Now)),
            ],
            Returned = returned,
            UndoneBefore = reference.UndoneImports,
        };

        IEnumerable<PendingRecord> New(RecordKind kind) => reference.Drafts(kind).Where(draft => !draft.Existing);

        ImportCounts Count(bool existing) => new(
            Customers: customers.Count(draft => draft.Existing == existing && !draft.Placeholder),
            Placeholders: customers.Count(draft => draft.Existing == existing && draft.Placeholder),
            Users: reference.Drafts(RecordKind.User).Count(draft => draft.Existing == existing),
            Products: reference.Drafts(RecordKind.Product).Count(draft => draft.Existing == existing));
    }

    /// <returns>Why nothing was written; null where all was, and the import has its number.</returns>
    public async Task<Problem?> Write(ImportRun run, ImportChanges changes, Import import, Staging staging, UndatedRowPolicy policy,
        CancellationToken ct)
    {
        await StageCustomers(run, changes.NewCustomers, staging, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.AllowLongRunning(ct);
        await Lock(ct);
        if (!(await actors.Reload(ct)).Has(AccessLevel.Admin))
        {
            return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
        }

        if (await Outdated(changes, policy, ct))
        {
            return new Problem(ProblemCode.Conflict, ImportMessages.ChangedMeanwhile);
        }

        try
        {
            await Save(changes, import, ct);
            await TakeOver(run, import.Id, staging, ct);
            await transaction.CommitAsync(ct);
            return null;
        }
        catch (Exception changed) when (changed is DbUpdateConcurrencyException
            or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } }
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return new Problem(ProblemCode.Conflict, ImportMessages.ChangedMeanwhile);
        }
    }

    /// <summary>All that was looked at and all that will be written, customers in the order of their ids, as every writer of many locks
    /// them.</summary>
    private async Task Lock(CancellationToken ct)
    {
        var updated = db.ChangeTracker.Entries<Customer>().Where(entry => entry.State == EntityState.Modified)
            .Select(entry => entry.Entity.Id.Value).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock_shared({AdvisoryLocks.Rules}), pg_advisory_xact_lock_shared({AdvisoryLocks.Rights}), pg_advisory_xact_lock_shared({AdvisoryLocks.Imports})", ct);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from customers where id in (select customer_id from import_deals) or id = any({updated}) order by id for no key update", ct);
    }

    /// <summary>Whether the rules, a customer's facts or its being there changed since reading began, or an import was undone.</summary>
    private async Task<bool> Outdated(ImportChanges changes, UndatedRowPolicy policy, CancellationToken ct) =>
        await policy.Outdated(ct)
        || await db.Imports.CountAsync(import => import.UndoneAt != null, ct) != changes.UndoneBefore
        || await db.Database.SqlQuery<bool>($"""
            select exists (select from customers where id in (select customer_id from import_deals) and archived_at is not null) as "Value"
            """).SingleAsync(ct);

    private async Task Save(ImportChanges changes, Import import, CancellationToken ct)
    {
        var over = overwrites.Pending();
        db.Add(import);
        await db.SaveChangesAsync(ct);
        foreach (var line in over)
        {
            line.ImportId = import.Id;
        }

        db.AddRange(over);
        foreach (var made in changes.Teams.Concat(changes.UsersAndProducts).Concat(changes.Returned))
        {
            made.ImportId = import.Id;
        }

        foreach (var team in changes.Teams)
        {
            db.Add(team);
            await db.SaveChangesAsync(ct);
        }

        db.AddRange(changes.UsersAndProducts);
        await db.SaveChangesAsync(ct);
    }

    private async Task StageCustomers(ImportRun run, IReadOnlyList<PendingRecord> drafts, Staging staging, CancellationToken ct)
    {
        foreach (var chunk in drafts.Chunk(1000))
        {
            await staging.Copy(staging.Customers, chunk, draft => CellsOf(draft, run, staging.Catalog), ct);
            await staging.Copy(Staging.History, [.. chunk.SelectMany(draft => HistoryOf(draft, staging.Catalog, run.Now))],
                line => line.Cells, ct);
        }

        await statuses.StageNew([.. drafts.Where(draft => !draft.Placeholder).Select(draft => draft.Id)], staging, ct);
    }

    private async Task TakeOver(ImportRun run, int import, Staging staging, CancellationToken ct)
    {
        await Execute(InsertAll(staging.Customers, ", import_id", ", @import"), ct, new NpgsqlParameter("import", import));
        await statuses.StageKnown(staging, ct);
        await Execute(InsertAll(staging.Deals, ", import_id", ", @import"), ct, new NpgsqlParameter("import", import));
        await Execute(InsertAll(Staging.Transitions, ", recorded_at", ", transaction_timestamp()") + " order by deal_id, seq", ct);
        await staged.Statuses(ct);
        await staged.History(run.Admin, version: 1, ct);
    }

    private static string InsertAll(StagedTable table, string more = "", string values = "") =>
        $"insert into {table.Target} ({table.ColumnList}{more}) select {table.ColumnList}{values} from {table.Name}";

    private async Task Execute(string sql, CancellationToken ct, params object[] parameters)
    {
#pragma warning disable EF1002, CA2100 // Made of the constant tables of Staging only.
        await db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
#pragma warning restore EF1002, CA2100
    }

    private static Team TeamOf(PendingRecord draft, DateTimeOffset now) => new()
    {
        Id = new TeamId(draft.Id),
        Name = draft.Get<string>(ImportFields.Name)!,
        ParentId = draft.Values.GetValueOrDefault(ImportFields.Parent) is Guid parent ? new TeamId(parent) : null,
        ExternalKey = draft.Key,
        CreatedAt = now,
        Version = 1,
    };

    private static User UserOf(PendingRecord draft, DateTimeOffset now) => new()
    {
        Id = new UserId(draft.Id),
        DisplayName = draft.Get<string>(ImportFields.Name)!,
        Role = draft.Values.GetValueOrDefault(ImportFields.Role) as Role? ?? Role.Rep,
        TeamId = draft.Values.GetValueOrDefault(ImportFields.Team) is Guid team ? new TeamId(team) : null,
        UserName = draft.Get<string>(ImportFields.Email),
        NormalizedUserName = draft.Get<string>(ImportFields.Email)?.ToUpperInvariant(),
        Email = draft.Get<string>(ImportFields.Email),
        NormalizedEmail = draft.Get<string>(ImportFields.Email)?.ToUpperInvariant(),
        SecurityStamp = Guid.NewGuid().ToString("N"),
        ConcurrencyStamp = Guid.NewGuid().ToString("N"),
        Invited = false,
        ExternalKey = draft.Key,
        CreatedAt = now,
    };

    private static Product ProductOf(PendingRecord draft, DateTimeOffset now) => new()
    {
        Id = new ProductId(draft.Id),
        Name = draft.Get<string>(ImportFields.Name)!,
        Price = draft.Values.GetValueOrDefault(ImportFields.Price) as decimal?,
        Currency = draft.Get<string>(ImportFields.Currency),
        Active = true,
        ExternalKey = draft.Key,
        CreatedAt = now,
        Version = 1,
    };

    private static object?[] CellsOf(PendingRecord draft, ImportRun run, FactCatalog catalog) =>
    [
        .. catalog.CustomerColumns.Select(
            fact => FactColumns.Parameter(fact, draft.Content[fact.Key] is { IsEmpty: false } given ? given : fact.Default).Value),
        FactColumns.Custom(draft.Content, catalog, FactSubject.Customer), draft.Id, draft.Placeholder, draft.Key, run.Now, run.Admin.Value,
    ];

    private static IEnumerable<HistoryLineRow> HistoryOf(PendingRecord draft, FactCatalog catalog, DateTimeOffset now)
    {
        foreach (var fact in catalog.OfCustomer.Where(fact => !draft.Content[fact.Key].IsEmpty))
        {
            yield return fact.Personal
                ? HistoryLineRow.Personal(draft.Id, fact.Field, now)
                : HistoryLineRow.ForCustomer(draft.Id, fact.Field, draft.Content[fact.Key].ToStored(), now);
        }

        if (draft.Placeholder)
        {
            yield return HistoryLineRow.ForCustomer(draft.Id, "placeholder", true, now);
        }
    }

    private async Task<long> UpdateCustomers(IReadOnlyList<PendingRecord> drafts, FactCatalog catalog, CancellationToken ct)
    {
        var updated = 0L;
        foreach (var chunk in drafts.Chunk(1000))
        {
            var ids = chunk.Select(draft => new CustomerId(draft.Id)).ToList();
            var known = await db.Customers.Where(customer => ids.Contains(customer.Id))
                .ToDictionaryAsync(customer => customer.Id.Value, ct);
            foreach (var draft in chunk)
            {
                var customer = known[draft.Id];
                CustomerFactMapping.Write(db.Entry(customer), catalog, draft.Content);
                if (db.Entry(customer).State == EntityState.Modified)
                {
                    customer.Version++;
                    updated++;
                }
            }
        }

        return updated;
    }

    /// <summary>Of these products, those that are out of use because an import was undone: nobody else decided it, so they come
    /// back.</summary>
    private async Task<IReadOnlyList<Product>> Returned(IReadOnlyList<PendingRecord> drafts, CancellationToken ct)
    {
        var ids = drafts.Select(draft => new ProductId(draft.Id)).ToList();
        var inactive = await db.Products.Where(product => ids.Contains(product.Id) && !product.Active)
            .ToDictionaryAsync(product => product.Id.ToString(), ct);
        var lines = await db.History.AsNoTracking()
            .Where(line => line.Entity == "product" && line.Field == "active" && inactive.Keys.Contains(line.EntityId))
            .OrderBy(line => line.Id).Select(line => new { line.EntityId, line.Channel }).ToListAsync(ct);
        var returned = lines.GroupBy(line => line.EntityId).Where(product => product.Last().Channel == Channel.Import)
            .Select(product => inactive[product.Key]).ToList();
        returned.ForEach(product => product.Active = true);
        return returned;
    }

    private async Task<long> UpdateProducts(IReadOnlyList<PendingRecord> drafts, CancellationToken ct)
    {
        var ids = drafts.Select(draft => new ProductId(draft.Id)).ToList();
        var known = await db.Products.Where(product => ids.Contains(product.Id)).ToDictionaryAsync(product => product.Id.Value, ct);
        var updated = 0L;
        foreach (var draft in drafts)
        {
            var product = known[draft.Id];
            product.Name = draft.Get<string>(ImportFields.Name) ?? product.Name;
            product.Price = draft.Values.GetValueOrDefault(ImportFields.Price) as decimal? ?? product.Price;
            product.Currency = draft.Get<string>(ImportFields.Currency) ?? product.Currency;
            if (db.Entry(product).State == EntityState.Modified)
            {
                product.Version++;
                updated++;
            }
        }

        return updated;
    }
}
