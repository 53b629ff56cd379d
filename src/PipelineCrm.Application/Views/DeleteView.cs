using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Views;

/// <summary>Takes a view away: only who made it. A view is nobody's history, so nothing is kept.</summary>
public static class DeleteView
{
    public sealed record Command(Guid Id) : IRequest<Done>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            var found = await db.SavedViews.OfOwner(request.Id, actors.Current, ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            db.Remove(found.Value);
            await db.SaveChangesAsync(ct);
            return Done.It;
        }
    }
}
