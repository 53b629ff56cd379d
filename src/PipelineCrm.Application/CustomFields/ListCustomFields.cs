using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.CustomFields;

/// <summary>The fields that admins added, in their order, retired ones included.</summary>
public static class ListCustomFields
{
    public sealed record Query(PageRequest Page) : IRequest<Page<CustomFieldView>>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(x => x.Page, CustomFieldRules.IsKey);
    }

    internal sealed class Handler(CrmDbContext db) : IHandler<Query, Page<CustomFieldView>>
    {
        /// <summary>There are few: a page is cut from all of them.</summary>
        public async Task<Result<Page<CustomFieldView>>> Handle(Query request, CancellationToken ct)
        {
            var rows = (await db.CustomFields.AsNoTracking().ToListAsync(ct)).OrderBy(row => row.Subject).ThenBy(row => row.Position)
                .ThenBy(row => row.Key, StringComparer.Ordinal).ToList();
            var start = request.Page.After is { } after ? rows.FindIndex(row => row.Key == after) + 1 : 0;
            return Paging.ToPage([.. rows.Skip(start).Take(request.Page.Limit + 1).Select(CustomFieldView.Of)], request.Page.Limit,
                field => field.Key);
        }
    }
}
