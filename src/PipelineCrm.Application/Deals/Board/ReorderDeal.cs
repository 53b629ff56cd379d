using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>
/// Gives an open deal another place in its column; the order is one for everybody. It is given by its neighbours, never by an index.
/// The place is no fact of the deal: it raises no version, or whoever has the deal open would meet a conflict over nothing, and it leaves
/// no history.
/// </summary>
public static class ReorderDeal
{
    /// <param name="Above">The card that it lies under now.</param>
    /// <param name="Below">The card that it lies on now; where both are still in the column, this one decides.</param>
    public sealed record Command(DealId Id, DealId? Above, DealId? Below) : IRequest<Unit>, IPriorityRequest
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(x => x.Below).Must((x, below) => below is not null || x.Above is not null).WithMessage(_ => FieldMessages.Required);
            RuleFor(x => x.Above).NotEqual(x => x.Id).WithMessage(_ => DealMessages.BesideItself);
            RuleFor(x => x.Below).NotEqual(x => x.Id).WithMessage(_ => DealMessages.BesideItself);
        }
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors) : IHandler<Command, Unit>
    {
        public async Task<Result<Unit>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var column = new ColumnOrder(db.Connection);
            await column.Lock([request.Id, .. new[] { request.Above, request.Below }.OfType<DealId>()], ct);
            var actor = await actors.Reload(ct);
            var deal = await db.Deals.AsNoTracking().VisibleTo(actor)
                .SingleOrDefaultAsync(d => d.Id == request.Id && !d.Void && d.ArchivedAt == null, ct);
            if (deal is null)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (!actor.Moves.Contains(deal.OwnerId))
            {
                return new Problem(ProblemCode.Forbidden, DealMessages.NotYours);
            }

            if (deal.Outcome != Outcome.Open || !await Place(column, deal, request, actor.Sees, ct))
            {
                return new Problem(ProblemCode.Conflict, DealMessages.NeighboursGone);
            }

            await transaction.CommitAsync(ct);
            return Unit.Value;
        }

        private static async Task<bool> Place(ColumnOrder column, Deal deal, Command request, OwnerSet sees, CancellationToken ct) =>
            (request.Below is { } below && await column.PutAbove(deal, below, sees, ct))
            || (request.Above is { } above && await column.PutUnder(deal, above, sees, ct));
    }
}
