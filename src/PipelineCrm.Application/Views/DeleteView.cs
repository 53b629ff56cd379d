using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Views;

/// <summary>Takes a view away: only who made it. A view is nobody's history, so nothing is kept.</summary>
public static class DeleteView
{
    public sealed record Command(Guid Id) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            var found = await db.SavedViews.OfOwner(request.Id, actors.Current, ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            db.Remove(found.Value);
            await db.SaveChangesAsync(ct);
            return Unit.Value;
        }
    }
}
