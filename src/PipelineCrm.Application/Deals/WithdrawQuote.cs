using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Takes a quote back: it counts no longer and is listed no longer; the history keeps it, and who withdrew it.</summary>
public static class WithdrawQuote
{
    /// <param name="Version">Of the quote, as it was read.</param>
    public sealed record Command(DealId DealId, QuoteId Id, long Version) : IRequest<Done>
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

            if (await db.Quotes.SingleOrDefaultAsync(q => q.Id == request.Id && q.DealId == request.DealId && q.WithdrawnAt == null, ct) is not { } quote)
            {
                return new Problem(ProblemCode.NotFound, ProblemText.NotFound);
            }

            if (quote.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemText.Conflict);
            }

            (quote.WithdrawnAt, quote.WithdrawnBy) = (occasion.OccurredAt, occasion.Actor.Id);
            quote.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Done.It;
        }
    }
}
