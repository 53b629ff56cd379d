using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Rules;

/// <summary>Appends a version. Whoever calls holds <see cref="AdvisoryLocks.Rules"/> alone: no move is being judged meanwhile.</summary>
internal sealed class RulePublisher(CrmDbContext db, ActorLoader actors, CurrentRuleSet inForce, CurrentFactCatalog facts)
{
    /// <returns>
    /// The new version's number; a problem where the rules say what those in force say already, or ask for what nobody can fill in any
    /// more: a field that was retired since they were written.
    /// </returns>
    public async Task<Result<int>> Publish(RuleSet rules, string note, CancellationToken ct)
    {
        var gone = RuleSetValidator.Check(rules, await facts.LoadAgain(ct)).Where(flaw => flaw.Kind == RuleIssueKind.UnknownField).ToList();
        if (gone.Count > 0)
        {
            return RuleMessages.Problem(gone);
        }

        var content = RuleSetJson.Write(rules);
        if (content == RuleSetJson.Write(await inForce.Load(ct)))
        {
            return Unchanged;
        }

        var at = await db.Database.SqlQuery<DateTimeOffset>($"""select clock_timestamp() as "Value" """).SingleAsync(ct);
        var version = await db.RuleSets.MaxAsync(published => published.Version, ct) + 1;
        await DraftFollows(content, version, at, ct);
        db.RuleSets.Add(new RuleSetVersion
        {
            Version = version,
            Content = content,
            Note = FieldRules.TrimToNull(note)!,
            PublishedBy = actors.Current.Id,
            PublishedAt = at,
            InForceFrom = at,
        });
        await db.SaveChangesAsync(ct);
        return version;
    }

    private static Problem Unchanged => new(ProblemCode.Validation, RuleMessages.NothingChanged)
    {
        Errors = new Dictionary<string, string[]> { ["draft"] = [RuleMessages.NothingChanged] },
    };

    /// <summary>A draft in which nothing differs from its base, or that is what is published now, starts anew from the new
    /// version.</summary>
    private async Task DraftFollows(string content, int version, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.RuleDrafts.SingleOrDefaultAsync(ct) is not { } draft)
        {
            return;
        }

        var basis = await db.RuleSets.Where(published => published.Version == draft.BasedOn).Select(published => published.Content)
            .SingleAsync(ct);
        var kept = Canonical(draft.Content);
        if (kept == content || kept == Canonical(basis))
        {
            draft.Content = content;
            draft.BasedOn = version;
            draft.Etag++;
            draft.ChangedBy = actors.Current.Id;
            draft.ChangedAt = at;
        }
    }

    /// <summary>The database keeps the parts of a text in an order of its own.</summary>
    private static string Canonical(string content) => RuleSetJson.Write(RuleSetJson.Read(content, 0));
}
