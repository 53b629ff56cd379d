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

/// <summary>Renames a view, changes what it asks, shares it or keeps it to oneself: only who made it.</summary>
public static class ChangeView
{
    /// <param name="Name">Null: as it is, like all that follows.</param>
    /// <param name="Version">That the caller has seen; null: whatever it is.</param>
    public sealed record Command(Guid Id, string? Name = null, JsonElement? Query = null, bool? Shared = null, long? Version = null)
        : IRequest<SavedListView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;

        /// <summary>Stays as it is; may be sent back as it was read.</summary>
        public string? List { get; init; }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Name).RequiredText(SavedView.NameLength).When(x => x.Name is not null);
            RuleFor(x => x.Query).Must(query => query is null or { ValueKind: JsonValueKind.Object or JsonValueKind.String })
                .WithMessage(_ => CustomFieldText.ViewQuery);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts) : IHandler<Command, SavedListView>
    {
        public async Task<Result<SavedListView>> Handle(Command request, CancellationToken ct)
        {
            var found = await db.SavedViews.OfOwner(request.Id, actors.Current, ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            var view = found.Value;
            if (request.List is { } list && list != view.List)
            {
                return ValidationProblem.ForField("list", CustomFieldText.Fixed);
            }

            if (request.Query is { } query && ViewQuery.Flaw(view.List, query, await facts.Load(ct)) is { } flaw)
            {
                return flaw;
            }

            if (request.Shared == true && actors.Current.Role == Role.Viewer)
            {
                return new Problem(ProblemCode.Forbidden, CustomFieldText.ViewersDoNotShare);
            }

            if (request.Version is { } seen && seen != view.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict);
            }

            view.Name = FieldRules.TrimToNull(request.Name) ?? view.Name;
            view.Query = request.Query?.GetRawText() ?? view.Query;
            view.Shared = request.Shared ?? view.Shared;
            view.Version++;
            await db.SaveChangesAsync(ct);
            return (await db.SavedViews.Where(one => one.Id == view.Id).Select(SavedListView.From).SingleAsync(ct)).View;
        }
    }
}
