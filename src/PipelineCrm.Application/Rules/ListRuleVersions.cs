using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.Rules;

/// <summary>All published versions, newest first.</summary>
public static class ListRuleVersions
{
    public sealed record Query(PageRequest Page) : IRequest<Page<RuleVersionView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(query => query.Page, after => int.TryParse(after, CultureInfo.InvariantCulture, out _));
    }

    internal sealed class Handler(CrmDbContext db, CurrentRuleSet inForce) : IHandler<Query, Page<RuleVersionView>>
    {
        public async Task<Result<Page<RuleVersionView>>> Handle(Query request, CancellationToken ct)
        {
            var current = (await inForce.Load(ct)).Version;
            var below = request.Page.After is { } after ? int.Parse(after, CultureInfo.InvariantCulture) : int.MaxValue;
            var found = await (
                from version in db.RuleSets.AsNoTracking()
                join user in db.Users on version.PublishedBy equals (UserId?)user.Id into users
                from author in users.DefaultIfEmpty()
                where version.Version < below
                orderby version.Version descending
                select new RuleVersionView(version.Version, version.Note, version.PublishedBy, author == null ? null : author.DisplayName,
                    version.PublishedAt, version.Version == current))
                .Take(request.Page.Limit + 1).ToListAsync(ct);
            return Paging.ToPage(found, request.Page.Limit, version => version.Version.ToString(CultureInfo.InvariantCulture));
        }
    }
}
