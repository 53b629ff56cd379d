using FluentValidation;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Rules;

/// <summary>Goes back to an old version: what it says is published again, as a new version. A draft with changes of its own
/// stays.</summary>
public static class RestoreRuleVersion
{
    public sealed record Command(int Version, string? Note) : IRequest<PublishRules.Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(command => command.Note).RequiredText(PublishRules.NoteLength);
    }

    internal sealed class Handler(CrmDbContext db, CurrentRuleSet inForce, RulePublisher publisher) : IHandler<Command, PublishRules.Answer>
    {
        public async Task<Result<PublishRules.Answer>> Handle(Command request, CancellationToken ct)
        {
            await using var alone = await db.BeginExclusive(AdvisoryLocks.Rules, ct);
            if (await inForce.Load(request.Version, ct) is not { } old)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var published = await publisher.Publish(old, request.Note!, ct);
            if (!published.Ok)
            {
                return published.Problem;
            }

            await alone.CommitAsync(ct);
            return new PublishRules.Answer(published.Value);
        }
    }
}
