using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;
using PipelineCrm.Rules;

namespace PipelineCrm.CustomFields;

/// <summary>Renames a field, orders it, changes its choices, retires it or brings it back. Its key, subject and type stay.</summary>
public static class ChangeCustomField
{
    /// <param name="Name">Null: as it is, like all that follows.</param>
    /// <param name="Choices">All of them, in order; one that is left out is offered no longer and stays where it was chosen.</param>
    /// <param name="Version">That the caller has seen; null: whatever it is.</param>
    public sealed record Command(
        string Key, LocalizedText? Name = null, IReadOnlyList<CustomChoice>? Choices = null, int? Position = null, bool? Retired = null,
        long? Version = null) : IRequest<CustomFieldView>
    {
        public static AccessLevel Access => AccessLevel.Admin;

        /// <summary>What stays as it is may be sent back as it was read.</summary>
        public FactSubject? Subject { get; init; }

        public string? NewKey { get; init; }

        public FactType? Type { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.AddName(x => x.Name);
            this.AddPosition(x => x.Position);
            this.AddChoices(x => x.Choices);
        }
    }

    internal sealed class Handler(CrmDbContext db, UseCasePipeline pipeline, TimeProvider time) : IHandler<Command, CustomFieldView>
    {
        public async Task<Result<CustomFieldView>> Handle(Command request, CancellationToken ct)
        {
            await using var alone = await db.BeginExclusive(AdvisoryLocks.Rules, ct);
            if (await db.CustomFields.SingleOrDefaultAsync(field => field.Key == request.Key, ct) is not { } row)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (request.Version is { } seen && seen != row.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict) { Detail = CustomFieldView.Of(row) };
            }

            if (Flaws(request, row) is { Count: > 0 } flaws)
            {
                return ValidationProblem.ForFields(flaws);
            }

            if (request.Retired == true && !row.Retired && await IsAskedFor(CustomFieldView.Of(row).FactKey, ct) is { } asked)
            {
                return ValidationProblem.ForField("retired", CustomFieldText.AskedFor(asked));
            }

            Write(request, row);
            if (db.ChangeTracker.HasChanges())
            {
                (row.Version, row.ChangedAt) = (row.Version + 1, time.GetUtcNow());
                await db.SaveChangesAsync(ct);
            }

            await alone.CommitAsync(ct);
            return CustomFieldView.Of(row);
        }

        private static Dictionary<string, string[]> Flaws(Command request, CustomFieldRow row)
        {
            var flaws = new Dictionary<string, string[]>();
            var chosen = row.Type is FactType.Choice or FactType.Choices;
            if (request.Subject is { } subject && subject != row.Subject)
            {
                flaws["subject"] = [CustomFieldText.Fixed];
            }

            if (request.NewKey is { } key && key != row.Key)
            {
                flaws["key"] = [CustomFieldText.Fixed];
            }

            if (request.Type is { } type && type != row.Type)
            {
                flaws["type"] = [CustomFieldText.Fixed];
            }

            if (request.Choices is { } choices && chosen != choices.Any(choice => !choice.Retired))
            {
                flaws["choices"] = [chosen ? CustomFieldText.ChoicesNeeded : CustomFieldText.NoChoices];
            }

            return flaws;
        }

        private static void Write(Command request, CustomFieldRow row)
        {
            var before = CustomFieldView.Of(row);
            if (request.Name is not null)
            {
                (row.NameEn, row.NameZh) = (CustomFieldRules.Kept(request.Name).En, CustomFieldRules.Kept(request.Name).Chinese);
            }

            if (request.Choices is { } choices)
            {
                IReadOnlyList<CustomChoice> after =
                [
                    .. CustomFieldRules.Kept(choices),
                    .. before.Choices.Where(old => choices.All(choice => choice.Code != old.Code))
                        .Select(old => old with { Retired = true }),
                ];
                row.Choices = after.SequenceEqual(before.Choices) ? row.Choices : JsonSerializer.Serialize(after, WireNames.Json);
            }

            row.Position = request.Position ?? row.Position;
            row.Retired = request.Retired ?? row.Retired;
        }

        /// <summary>A rule in force that could no longer be met.</summary>
        private async Task<string?> IsAskedFor(string fact, CancellationToken ct)
        {
            var rules = (await pipeline.Send(new GetRules.Query(), ct)).Value!.Rules;
            return rules.Moves.SelectMany(row => row.Require)
                .Concat(rules.Stages.Values.SelectMany(stage => stage.Enter.Concat(stage.Leave)))
                .FirstOrDefault(rule => Names(new Condition(All: rule.All, Any: rule.Any), fact))?.Key;
        }

        private static bool Names(Condition condition,
            string fact) => condition.Field == fact || ConditionEvaluator.FieldOf(condition.Value) == fact
            || (condition.All ?? []).Concat(condition.Any ?? []).Any(part => Names(part, fact));
    }
}
