using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>How much belongs to a deal: its quotes, its payments, and what these sum up to.</summary>
public static class CountDealChildren
{
    public sealed record Query(DealId DealId) : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    /// <param name="Paid">One sum per currency, never added across currencies.</param>
    public sealed record Answer(int Quotes, int Payments, IReadOnlyList<Money> Paid);

    internal sealed class Handler(CrmDbContext db, DealChildren children) : IHandler<Query, Answer>
    {
        public async Task<Result<Answer>> Handle(Query request, CancellationToken ct)
        {
            if (!await children.Sees(request.DealId, ct))
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            var quotes = await db.Quotes.CountAsync(q => q.DealId == request.DealId, ct);
            var paid = await db.Payments.Where(p => p.DealId == request.DealId).GroupBy(p => p.Currency).OrderBy(g => g.Key)
                .Select(g => new { Currency = g.Key, Amount = g.Sum(p => p.Amount), Count = g.Count() }).ToListAsync(ct);
            return new Answer(quotes, paid.Sum(sum => sum.Count), [.. paid.Select(sum => new Money(Money.Plain(sum.Amount), sum.Currency))]);
        }
    }
}
