using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Views;

/// <summary>One's own views and those that others share, oldest first.</summary>
public static class ListViews
{
    /// <param name="List">Null: of all lists.</param>
    public sealed record Query(string? List, PageRequest Page) : IRequest<Page<SavedListView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(x => x.List).Must(list => list is null || ViewQuery.IsList(list)).WithMessage(_ => CustomFieldText.ViewList);
            this.AddPage(x => x.Page, after => Guid.TryParse(after, out _));
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Query, Page<SavedListView>>
    {
        public async Task<Result<Page<SavedListView>>> Handle(Query request, CancellationToken ct)
        {
            var (me, after) = (actors.Current.Id, request.Page.After is { } place ? Guid.Parse(place) : Guid.Empty);
            var rows = await db.SavedViews
                .Where(view => (view.Shared || (UserId?)view.OwnerId == me) && (request.List == null || view.List == request.List)
                    && view.Id > after)
                .OrderBy(view => view.Id).Take(request.Page.Limit + 1).Select(SavedListView.From).ToListAsync(ct);
            return Paging.ToPage(rows.ConvertAll(row => row.View), request.Page.Limit, view => view.Id.ToString());
        }
    }
}
