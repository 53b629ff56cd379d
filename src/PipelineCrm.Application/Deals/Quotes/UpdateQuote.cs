using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Corrects a quote (merge patch); the history keeps what it was. Raises the deal's version as a new quote does.</summary>
public static class UpdateQuote
{
    /// <param name="Version">Of the quote, as it was read.</param>
    public sealed record Command(DealId DealId, QuoteId Id, long Version, QuoteFields Fields) : IRequest<QuoteView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.AddVersion(c => c.Version);
            RuleFor(c => c.Fields.ValidUntil.Value).PlausibleDate().OverridePropertyName("validUntil");
            RuleFor(c => c.Fields.Currency.Value).CurrencyCode().OverridePropertyName("currency");
            RuleFor(c => c.Fields.Currency.Value).NotNull().When(c => c.Fields.Currency.IsSet).WithMessage(_ => FieldMessages.Required)
                .OverridePropertyName("currency");
            QuoteLines.AddTo(this, c => c.Fields.Lines.IsSet ? c.Fields.Lines.Value ?? [] : null);
        }
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, QuoteLines lines) : IHandler<Command, QuoteView>
    {
        public async Task<Result<QuoteView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var mine = db.Quotes.Include(q => q.Lines).Where(q => q.Id == request.Id);
            var found = await children.Find(mine, request.DealId, request.Version, async now => await View(now, ct), ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            var quote = found.Value;
            if (await Write(quote, request.Fields, ct) is { } wrong)
            {
                return wrong;
            }

            quote.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return await View(quote, ct);
        }

        /// <summary>All lines are made anew at places of their own: the history tells which went and which came.</summary>
        private async Task<Problem?> Write(Quote quote, QuoteFields fields, CancellationToken ct)
        {
            quote.ValidUntil = fields.ValidUntil.IsSet ? fields.ValidUntil.Value : quote.ValidUntil;
            quote.Currency = fields.Currency.IsSet ? Currencies.CodeOf(fields.Currency.Value)! : quote.Currency;
            if (!fields.Lines.IsSet && !fields.Currency.IsSet)
            {
                return null;
            }

            var wanted = fields.Lines.Value ?? [.. quote.Lines.OrderBy(l => l.Position)
                .Select(l => new AddQuote.Line(l.ProductId, l.Quantity, Money.Plain(l.Price), l.DiscountPercent))];
            var made = await lines.Make(quote.Id, wanted, quote.Currency, quote.Lines.Max(l => l.Position) + 1, ct);
            if (!made.Ok)
            {
                return made.Problem;
            }

            if (!quote.Lines.OrderBy(l => l.Position).Select(Content).SequenceEqual(made.Value.Select(Content)))
            {
                quote.Lines.Clear();
                quote.Lines.AddRange(made.Value);
            }

            return null;
        }

        private static (ProductId, decimal, decimal, decimal) Content(QuoteLine line) => (line.ProductId, line.Quantity, line.Price,
            line.DiscountPercent);

        private async Task<QuoteView> View(Quote quote, CancellationToken ct) => ListQuotes.View(
            quote, await lines.Names(quote.Lines, ct),
            await db.Users.Where(u => (UserId?)u.Id == quote.CreatedBy).Select(u => u.DisplayName).SingleOrDefaultAsync(ct));
    }
}

/// <summary>What of a quote is corrected; what was not sent is left as it is.</summary>
public sealed record QuoteFields
{
    public Optional<IReadOnlyList<AddQuote.Line>?> Lines { get; init; }
    public Optional<DateOnly?> ValidUntil { get; init; }
    public Optional<string?> Currency { get; init; }
}
