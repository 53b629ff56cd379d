using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Deals;

/// <summary>One quote of a deal, with whom it is for.</summary>
public static class GetQuote
{
    public sealed record Query(DealId DealId, QuoteId Id) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="OwnerName">Whose deal it is: whom the customer may ask.</param>
    public sealed record Answer(QuoteView Quote, string Title, string CustomerName, string OwnerName);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, QuoteLines lines) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            var found = await db.Deals.AsNoTracking().VisibleTo(actors.Current).Where(d => d.Id == request.DealId && !d.Void)
                .Select(d => new { d.Title, Customer = d.Customer.Name, Owner = d.Owner.DisplayName }).SingleOrDefaultAsync(ct);
            var quote = found is null ? null : await db.Quotes.AsNoTracking().Include(q => q.Lines)
                .SingleOrDefaultAsync(q => q.Id == request.Id && q.DealId == request.DealId && q.WithdrawnAt == null, ct);
            return quote is null
                ? new Problem(ProblemCode.NotFound, ProblemMessages.NotFound)
                : new Answer(ListQuotes.View(quote, await lines.Names(quote.Lines, ct), null), found!.Title, found.Customer, found.Owner);
        }
    }
}
