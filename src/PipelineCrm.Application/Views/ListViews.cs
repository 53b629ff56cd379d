using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Views;

/// <summary>One's own views and those that others share, oldest first.</summary>
public static class ListViews
{
    /// <param name="List">Null: of all lists.</param>
    public sealed record Query(string? List, PageRequest Page) : IRequest<Page<ViewOfList>>
    {
        public static Access Access => Access.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(x => x.List).Must(list => list is null || ViewQuery.IsList(list)).WithMessage(_ => CustomFieldText.ViewList);
            this.AddPage(x => x.Page, after => Guid.TryParse(after, out _));
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorSource actors) : IHandler<Query, Page<ViewOfList>>
    {
        public async Task<Result<Page<ViewOfList>>> Handle(Query request, CancellationToken ct)
        {
            var (me, after) = (actors.Current.Id, request.Page.After is { } place ? Guid.Parse(place) : Guid.Empty);
            var rows = await db.SavedViews
                .Where(view => (view.Shared || (UserId?)view.OwnerId == me) && (request.List == null || view.List == request.List) && view.Id > after)
                .OrderBy(view => view.Id).Take(request.Page.Limit + 1).Select(ViewOfList.From).ToListAsync(ct);
            return Pages.Cut(rows.ConvertAll(row => row.View), request.Page.Limit, view => view.Id.ToString());
        }
    }
}
