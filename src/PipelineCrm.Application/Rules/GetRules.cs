using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Rules;

/// <summary>The rules in force, those of a version, or the draft.</summary>
public static class GetRules
{
    /// <param name="Version">Null: the one in force.</param>
    /// <param name="Draft">The draft instead; admins only. Without one it is what is in force.</param>
    public sealed record Query(int? Version = null, bool Draft = false) : IRequest<RulesView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, CurrentRuleSet inForce, ActorLoader actors) : IHandler<Query, RulesView>
    {
        public async Task<Result<RulesView>> Handle(Query request, CancellationToken ct)
        {
            if (request.Draft && !actors.Current.Has(AccessLevel.Admin))
            {
                return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
            }

            var current = await inForce.Load(ct);
            if (request.Draft)
            {
                return await DraftView(current, ct);
            }

            return (request.Version is { } version ? await inForce.Load(version, ct) : current) is { } wanted
                ? await VersionView(wanted, wanted.Version == current.Version, ct)
                : new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
        }

        /// <summary>Rules in shadow are the admin's: who moves never sees them.</summary>
        private RuleSet Readable(RuleSet rules) => actors.Current.Has(AccessLevel.Admin)
            ? rules
            : rules.Rules().Where(rule => rule.Requirement.Mode == RequirementMode.Shadow)
                .Aggregate(rules, (seen, hidden) => seen.Without(hidden));

        private async Task<RulesView> VersionView(RuleSet rules, bool current, CancellationToken ct) => await (
            from version in db.RuleSets.AsNoTracking()
            join user in db.Users on version.PublishedBy equals (UserId?)user.Id into users
            from author in users.DefaultIfEmpty()
            where version.Version == rules.Version
            select new RulesView(Readable(rules), version.Version, version.Version, $"v{version.Version}", current, version.Note,
                version.PublishedBy, author == null ? null : author.DisplayName, version.PublishedAt))
            .SingleAsync(ct);

        private async Task<RulesView> DraftView(RuleSet current, CancellationToken ct)
        {
            var found = await (
                from draft in db.RuleDrafts.AsNoTracking()
                join user in db.Users on draft.ChangedBy equals (UserId?)user.Id into users
                from author in users.DefaultIfEmpty()
                select new { Draft = draft, ByName = author == null ? null : author.DisplayName }).SingleOrDefaultAsync(ct);
            return found is { Draft: var kept }
                ? new RulesView(RuleSetJson.Read(kept.Content, 0), null, kept.BasedOn, DraftEtag.Of(kept), false, null, kept.ChangedBy,
                    found.ByName, kept.ChangedAt)
                : new RulesView(current with { Version = 0 }, null, current.Version, DraftEtag.Of(null), false, null, null, null, null);
        }
    }
}
