using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.CustomFields;

/// <summary>A new field of deals or customers, with the index that it is looked for by. No move is decided meanwhile.</summary>
public static class AddCustomField
{
    /// <param name="Position">Null: after those that are there.</param>
    public sealed record Command(
        FactSubject Subject, string Key, FactType Type, LocalizedText? Name, IReadOnlyList<CustomChoice>? Choices = null,
        int? Position = null, bool Retired = false) : IRequest<CustomFieldView>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Subject).IsInEnum().WithMessage(_ => FieldMessages.Required);
            RuleFor(x => x.Key).Must(CustomFieldRules.IsKey).WithMessage(_ => CustomFieldText.KeyForm);
            RuleFor(x => x.Type).Must(CustomField.Types.Contains).WithMessage(_ => FieldMessages.Required);
            RuleFor(x => x.Name).NotNull().WithMessage(_ => FieldMessages.Required);
            this.AddName(x => x.Name);
            this.AddPosition(x => x.Position);
            this.AddChoices(x => x.Choices);
            RuleFor(x => x.Choices).Must(choices => choices is { Count: > 0 }).When(x => x.Type is FactType.Choice or FactType.Choices)
                .WithMessage(_ => CustomFieldText.ChoicesNeeded);
            RuleFor(x => x.Choices).Must(choices => choices is null or { Count: 0 })
                .When(x => x.Type is not (FactType.Choice or FactType.Choices)).WithMessage(_ => CustomFieldText.NoChoices);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, TimeProvider time) : IHandler<Command, CustomFieldView>
    {
        private const int Step = 10;

        public async Task<Result<CustomFieldView>> Handle(Command request, CancellationToken ct)
        {
            await using var alone = await db.BeginExclusive(AdvisoryLocks.Rules, ct);
            if (await db.CustomFields.AnyAsync(field => field.Key == request.Key, ct))
            {
                return ValidationProblem.ForField("key", CustomFieldText.KeyTaken);
            }

            if (await db.CustomFields.CountAsync(ct) >= CustomField.MaxFields)
            {
                return ValidationProblem.ForField("key", CustomFieldText.TooManyFields(CustomField.MaxFields));
            }

            var (name, now) = (CustomFieldRules.Kept(request.Name!), time.GetUtcNow());
            var row = new CustomFieldRow
            {
                Key = request.Key,
                Subject = request.Subject,
                Type = request.Type,
                NameEn = name.En,
                NameZh = name.Chinese,
                Choices = JsonSerializer.Serialize(CustomFieldRules.Kept(request.Choices ?? []), WireNames.Json),
                Position = request.Position ?? Math.Min(CustomFieldRules.MaxPosition,
                    (await db.CustomFields.MaxAsync(field => (int?)field.Position, ct) ?? 0) + Step),
                Retired = request.Retired,
                CreatedAt = now,
                CreatedBy = actors.Current.Id,
                ChangedAt = now,
                Version = 1,
            };
            db.Add(row);
            await db.SaveChangesAsync(ct);
            await db.Database.ExecuteSqlAsync($"select custom_field_index({row.Key})", ct);
            await alone.CommitAsync(ct);
            return CustomFieldView.Of(row);
        }
    }
}
