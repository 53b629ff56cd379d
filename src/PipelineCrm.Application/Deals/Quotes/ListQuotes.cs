using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>A deal's quotes, oldest first, without those withdrawn.</summary>
public static class ListQuotes
{
    public sealed record Query(DealId DealId, PageRequest Page) : IRequest<Page<QuoteView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(q => q.Page);
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, QuoteLines lines) : IHandler<Query, Page<QuoteView>>
    {
        public Task<Result<Page<QuoteView>>> Handle(Query request, CancellationToken ct) =>
            children.Page(request.DealId, request.Page, after => Read(request, after, ct), quote => quote.Id.Value, ct);

        private async Task<List<QuoteView>> Read(Query request, Cursor? after, CancellationToken ct)
        {
            var quotes = after is null ? db.Quotes : db.Quotes.FromSql($"select * from quotes where id > {after.Id}");
            var rows = await quotes.AsNoTracking().Include(q => q.Lines).Where(q => q.DealId == request.DealId && q.WithdrawnAt == null)
                .OrderBy(q => q.Id).Take(request.Page.Limit + 1)
                .Select(q => new
                {
                    Quote = q,
                    ByName = db.Users.Where(u => (UserId?)u.Id == q.CreatedBy).Select(u => u.DisplayName).FirstOrDefault()
                })
                .ToListAsync(ct);
            var names = await lines.Names(rows.SelectMany(r => r.Quote.Lines), ct);
            return rows.ConvertAll(r => View(r.Quote, names, r.ByName));
        }
    }

    internal static QuoteView View(Quote quote, IReadOnlyDictionary<ProductId, string> products, string? byName)
    {
        var lines = quote.Lines.OrderBy(l => l.Position).Select(l => QuoteLineView.Of(l, products[l.ProductId], quote.Currency)).ToList();
        return new QuoteView(quote.Id, quote.DealId, quote.Currency, quote.ValidUntil, quote.CreatedAt, quote.CreatedBy, byName, lines,
            lines.Sum(l => l.Total), quote.Version);
    }
}
