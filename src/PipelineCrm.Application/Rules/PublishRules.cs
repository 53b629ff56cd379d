using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Rules;

/// <summary>Puts the draft in force: every move that is decided after it is judged by it. One that changes nothing makes no
/// version.</summary>
public static class PublishRules
{
    public const int NoteLength = 500;

    /// <param name="At">An instant to put it in force at: not offered yet.</param>
    /// <param name="Etag">Of the draft that the publisher has seen; null: whatever it says now.</param>
    public sealed record Command(string? Note, DateTimeOffset? At = null, string? Etag = null) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Version">The number that the draft was published as.</param>
    public sealed record Answer(int Version);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(command => command.Note).RequiredText(NoteLength);
            RuleFor(command => command.At).Null().WithMessage(_ => RuleMessages.PublishAtNotYet);
        }
    }

    internal sealed class Handler(CrmDbContext db, CurrentRuleSet inForce, RulePublisher publisher) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            await using var alone = await db.BeginExclusive(AdvisoryLocks.Rules, ct);
            var draft = await db.RuleDrafts.SingleOrDefaultAsync(ct);
            if (request.Etag is { } seen && seen != DraftEtag.Of(draft))
            {
                return new Problem(ProblemCode.DraftChanged, RuleMessages.DraftChanged);
            }

            var rules = draft is null ? await inForce.Load(ct) : RuleSetJson.Read(draft.Content, 0);
            var published = await publisher.Publish(rules, request.Note!, ct);
            if (!published.Ok)
            {
                return published.Problem;
            }

            await alone.CommitAsync(ct);
            return new Answer(published.Value);
        }
    }
}
