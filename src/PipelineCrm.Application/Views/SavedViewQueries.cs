using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Views;

internal static class SavedViewQueries
{
    /// <summary>A view that the actor made; another's is forbidden where it is shared, else not found.</summary>
    public static async Task<Result<SavedView>> OfOwner(this IQueryable<SavedView> views, Guid id, Actor actor, CancellationToken ct)
    {
        var view = await views.SingleOrDefaultAsync(view => view.Id == id && (view.Shared || (UserId?)view.OwnerId == actor.Id), ct);
        return view is null ? new Problem(ProblemCode.NotFound, ProblemMessages.NotFound)
            : view.OwnerId != actor.Id ? new Problem(ProblemCode.Forbidden, CustomFieldText.NotYourView)
            : view;
    }
}
