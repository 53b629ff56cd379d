using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Takes a payment back: it counts no longer and is listed no longer; the history keeps it, and who withdrew it.</summary>
public static class WithdrawPayment
{
    /// <param name="Version">Of the payment, as it was read.</param>
    public sealed record Command(DealId DealId, PaymentId Id, long Version) : IRequest<Done>
    {
        public static Access Access => Access.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => this.AddVersion(c => c.Version);
    }

    internal sealed class Handler(CrmDbContext db, BelongingsOfDeal belongings, Occasion occasion) : IHandler<Command, Done>
    {
        public async Task<Result<Done>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var opened = await belongings.Open(request.DealId, ct);
            if (!opened.Ok)
            {
                return opened.Problem;
            }

            if (await db.Payments.SingleOrDefaultAsync(p => p.Id == request.Id && p.DealId == request.DealId && p.WithdrawnAt == null, ct) is not { } payment)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (payment.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemText.Conflict);
            }

            (payment.WithdrawnAt, payment.WithdrawnBy) = (occasion.OccurredAt, occasion.Actor.Id);
            payment.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Done.It;
        }
    }
}
