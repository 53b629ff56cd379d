using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Opens a deal for writing what belongs to it: its quotes and payments.</summary>
internal sealed class DealChildren(CrmDbContext db, ActorLoader actors, RequestContext requestContext)
{
    /// <summary>Locks the deal's row within the open transaction, so that a move deciding on its facts cannot be overtaken, and raises its
    /// version.</summary>
    public async Task<Result<Deal>> Open(DealId id, CancellationToken ct)
    {
        await db.Lock(id, ct);
        var actor = await actors.Reload(ct);
        var deal = await db.Deals.VisibleTo(actor).SingleOrDefaultAsync(d => d.Id == id && !d.Void, ct);
        if (deal is null)
        {
            return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        if (deal.ArchivedAt is not null)
        {
            return new Problem(ProblemCode.Archived, DealMessages.ArchivedDeal);
        }

        if (!actor.Moves.Contains(deal.OwnerId))
        {
            return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
        }

        deal.Version++;
        return deal;
    }

    /// <summary>Opens the deal and finds of these what belongs to it, was not withdrawn and is still what the writer read.</summary>
    /// <param name="view">What a conflict tells of it as it is now; null: nothing.</param>
    public async Task<Result<T>> Find<T>(IQueryable<T> these, DealId id, long version, Func<T, Task<object>>? view, CancellationToken ct)
        where T : class, IBelonging
    {
        var opened = await Open(id, ct);
        if (!opened.Ok)
        {
            return opened.Problem;
        }

        if (await these.SingleOrDefaultAsync(one => one.DealId == id && one.WithdrawnAt == null, ct) is not { } found)
        {
            return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        return found.Version == version
            ? found
            : new Problem(ProblemCode.Conflict, ProblemMessages.Conflict) { Detail = view is null ? null : await view(found) };
    }

    /// <summary>Takes it back, in a transaction of its own: it counts no longer and is listed no longer.</summary>
    public async Task<Result<Unit>> Withdraw<T>(IQueryable<T> these, DealId id, long version, CancellationToken ct)
        where T : class, IBelonging
    {
        await using var transaction = await db.Begin(ct);
        var found = await Find(these, id, version, null, ct);
        if (!found.Ok)
        {
            return found.Problem;
        }

        (found.Value.WithdrawnAt, found.Value.WithdrawnBy) = (requestContext.OccurredAt, requestContext.Actor.Id);
        found.Value.Version++;
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Unit.Value;
    }

    /// <summary>Whether the reader sees the deal.</summary>
    public Task<bool> Sees(DealId id, CancellationToken ct) =>
        db.Deals.VisibleTo(actors.Current).AnyAsync(d => d.Id == id && !d.Void, ct);

    /// <summary>A page of what belongs to the deal, for whoever sees it.</summary>
    /// <param name="read">One row more than the page holds, from after the given place on.</param>
    public async Task<Result<Page<T>>> Page<T>(DealId id, PageRequest page, Func<Cursor?, Task<List<T>>> read, Func<T, Guid> key,
        CancellationToken ct)
    {
        if (!await Sees(id, ct))
        {
            return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        Cursor.TryRead(page.After, out var after);
        return Cursor.ToPage(await read(after), page.Limit, row => new Cursor("", key(row)));
    }

    /// <summary>What the actor is called, for the answer of a write.</summary>
    public Task<string?> NameOfActor(CancellationToken ct) =>
        db.Users.Where(u => (UserId?)u.Id == actors.Current.Id).Select(u => u.DisplayName).SingleOrDefaultAsync(ct);
}
