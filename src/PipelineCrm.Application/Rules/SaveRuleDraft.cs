using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Rules;

/// <summary>Keeps the whole draft. It judges nothing until it is published.</summary>
public static class SaveRuleDraft
{
    /// <param name="Content">A rule set as JSON, in the shape that the API shows.</param>
    /// <param name="Etag">Of the draft that the author has seen.</param>
    /// <param name="BasedOn">The version that it starts from; null: as before, or the one in force.</param>
    public sealed record Command(string Content, string Etag, int? BasedOn = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Etag">Of the draft as it is stored now.</param>
    /// <param name="Lint">What it would let happen and its author may not have meant.</param>
    public sealed record Answer(string Etag, IReadOnlyList<LintMessage> Lint);

    internal sealed class Handler(CrmDbContext db, CurrentRuleSet inForce, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            var catalog = await facts.Load(ct);
            var (rules, flaws) = RuleSetJson.Parse(request.Content, catalog);
            if (flaws.Count > 0)
            {
                return RuleMessages.Problem(flaws);
            }

            await using var alone = await db.BeginExclusive(AdvisoryLocks.Rules, ct);
            var draft = await db.RuleDrafts.SingleOrDefaultAsync(ct);
            if (DraftEtag.Of(draft) != request.Etag)
            {
                return new Problem(ProblemCode.DraftChanged, RuleMessages.DraftChanged);
            }

            if (draft is null)
            {
                db.RuleDrafts.Add(draft = new RuleDraft { Content = "", BasedOn = (await inForce.Load(ct)).Version });
            }

            draft.Content = RuleSetJson.Write(rules!);
            draft.BasedOn = request.BasedOn ?? draft.BasedOn;
            draft.Etag++;
            draft.ChangedBy = actors.Current.Id;
            draft.ChangedAt = time.GetUtcNow();
            await db.SaveChangesAsync(ct);
            await alone.CommitAsync(ct);
            return new Answer(DraftEtag.Of(draft), [.. RuleLint.Check(rules!, catalog).Select(RuleMessages.Of)]);
        }
    }
}
