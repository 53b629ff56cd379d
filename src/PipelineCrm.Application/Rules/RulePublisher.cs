using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Rules;

/// <summary>Appends a version. Whoever calls holds <see cref="AdvisoryLocks.Rules"/> alone: no move is being judged meanwhile.</summary>
internal sealed class RulePublisher(CrmDbContext db, ActorLoader actors)
{
    public async Task<int> Publish(RuleSet rules, string note, CancellationToken ct)
    {
        var at = await db.Database.SqlQuery<DateTimeOffset>($"""select clock_timestamp() as "Value" """).SingleAsync(ct);
        var version = await db.RuleSets.MaxAsync(published => published.Version, ct) + 1;
        var content = RuleSetJson.Write(rules);
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

    /// <summary>A draft in which nothing differs from its base, or that is what is published now, starts anew from the new version.</summary>
    private async Task DraftFollows(string content, int version, DateTimeOffset at, CancellationToken ct)
    {
        if (await db.RuleDrafts.SingleOrDefaultAsync(ct) is not { } draft)
        {
            return;
        }

        var basis = await db.RuleSets.Where(published => published.Version == draft.BasedOn).Select(published => published.Content).SingleAsync(ct);
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
