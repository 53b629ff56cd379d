using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A new quote for a deal. Raises the deal's version: moves may ask for a quote or look at its discount.</summary>
public static class AddQuote
{
    public const int MaxLines = 100;
    public const decimal MaxQuantity = 1_000_000_000;

    /// <param name="Currency">Null: the deal's, or else the organisation's.</param>
    public sealed record Command(DealId DealId, IReadOnlyList<Line> Lines, DateOnly? ValidUntil = null, string? Currency = null)
        : IRequest<QuoteView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    /// <param name="Price">Of one; null: the product's own, where it has one in the quote's currency.</param>
    public sealed record Line(ProductId ProductId, decimal Quantity = 1, decimal? Price = null, decimal DiscountPercent = 0);

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ValidUntil).PlausibleDate();
            RuleFor(c => c.Currency).CurrencyCode();
            QuoteLines.AddTo(this, c => c.Lines ?? []);
        }
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, QuoteLines lines, RequestContext requestContext)
        : IHandler<Command, QuoteView>
    {
        public async Task<Result<QuoteView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var opened = await children.Open(request.DealId, ct);
            if (!opened.Ok)
            {
                return opened.Problem;
            }

            var (id, currency) = (QuoteId.New(),
                Currencies.CodeOf(request.Currency) ?? opened.Value.Currency ?? requestContext.Actor.Organisation.BaseCurrency);
            var made = await lines.Make(id, request.Lines, currency, 1, ct);
            if (!made.Ok)
            {
                return made.Problem;
            }

            var quote = new Quote
            {
                Id = id,
                DealId = request.DealId,
                Currency = currency,
                ValidUntil = request.ValidUntil,
                CreatedAt = requestContext.OccurredAt,
                CreatedBy = requestContext.Actor.Id,
                Version = 1,
                Lines = made.Value,
            };
            db.Add(quote);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return ListQuotes.View(quote, await lines.Names(quote.Lines, ct), await children.NameOfActor(ct));
        }
    }
}
