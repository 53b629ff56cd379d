using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Deals;

/// <summary>How much belongs to a deal: its quotes, its payments, and what these sum up to.</summary>
public static class CountDealChildren
{
    public sealed record Query(DealId DealId) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Paid">What counts today, one sum per currency, never added across currencies.</param>
    /// <param name="Due">What is to come on a later day, likewise.</param>
    public sealed record Answer(int Quotes, int Payments, IReadOnlyList<Money> Paid, IReadOnlyList<Money> Due);

    internal sealed class Handler(CrmDbContext db, DealChildren children, RequestContext requestContext) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            if (!await children.Sees(request.DealId, ct))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var today = requestContext.Today;
            var quotes = await db.Quotes.CountAsync(q => q.DealId == request.DealId && q.WithdrawnAt == null, ct);
            var sums = await db.Payments.Where(p => p.DealId == request.DealId && p.WithdrawnAt == null)
                .GroupBy(p => new { p.Currency, Due = p.PaidAt > today })
                .Select(g => new { g.Key.Currency, g.Key.Due, Amount = g.Sum(p => p.Amount), Count = g.Count() }).ToListAsync(ct);
            IReadOnlyList<Money> Of(bool due) =>
                [.. sums.Where(sum => sum.Due == due).OrderBy(sum => sum.Currency, StringComparer.Ordinal)
                    .Select(sum => new Money(Money.Plain(sum.Amount), sum.Currency))];
            return new Answer(quotes, sums.Sum(sum => sum.Count), Of(due: false), Of(due: true));
        }
    }
}
