using System.Text.Json;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Views;

/// <summary>Keeps a list's parameters under a name: everybody for themselves, who may write also for all.</summary>
public static class SaveView
{
    public const int MaxViews = 200;

    public sealed record Command(string List, string Name, JsonElement Query, bool Shared = false) : IRequest<SavedListView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.List).Must(ViewQuery.IsList).WithMessage(_ => CustomFieldText.ViewList);
            RuleFor(x => x.Name).RequiredText(SavedView.NameLength);
            RuleFor(x => x.Query).Must(query => query.ValueKind is JsonValueKind.Object or JsonValueKind.String)
                .WithMessage(_ => CustomFieldText.ViewQuery);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
        : IHandler<Command, SavedListView>
    {
        public async Task<Result<SavedListView>> Handle(Command request, CancellationToken ct)
        {
            if (ViewQuery.Flaw(request.List, request.Query, await facts.Load(ct)) is { } flaw)
            {
                return flaw;
            }

            if (request.Shared && actors.Current.Role == Role.Viewer)
            {
                return new Problem(ProblemCode.Forbidden, CustomFieldText.ViewersDoNotShare);
            }

            if (actors.Current.Id is not { } owner)
            {
                return new Problem(ProblemCode.Forbidden, ProblemMessages.Forbidden);
            }

            if (await db.SavedViews.CountAsync(view => view.OwnerId == owner, ct) >= MaxViews)
            {
                return ValidationProblem.ForField("name", CustomFieldText.TooManyViews(MaxViews));
            }

            var saved = new SavedView
            {
                Id = Guid.CreateVersion7(),
                OwnerId = owner,
                List = request.List,
                Name = FieldRules.TrimToNull(request.Name)!,
                Query = request.Query.GetRawText(),
                Shared = request.Shared,
                CreatedAt = time.GetUtcNow(),
                Version = 1,
            };
            db.Add(saved);
            await db.SaveChangesAsync(ct);
            return (await db.SavedViews.Where(view => view.Id == saved.Id).Select(SavedListView.From).SingleAsync(ct)).View;
        }
    }
}
