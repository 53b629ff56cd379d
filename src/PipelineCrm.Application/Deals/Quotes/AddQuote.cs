using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
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
    public sealed record Command(DealId DealId, IReadOnlyList<Line> Lines, DateOnly? ValidUntil = null, string? Currency = null) : IRequest<QuoteView>
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
            RuleFor(c => c.Lines).NotEmpty().WithMessage(_ => FormMessages.NoLines);
            RuleFor(c => c.Lines).Must(lines => lines is not { Count: > MaxLines })
                .WithMessage(_ => string.Format(CultureInfo.CurrentCulture, FormMessages.TooManyLines, MaxLines));
            RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.ProductId).NotEqual(default(ProductId)).WithMessage(_ => FieldMessages.Required);
                line.RuleFor(l => l.Quantity).MoreThanZero(MaxQuantity);
                line.RuleFor(l => l.Price).PlausibleAmount();
                line.RuleFor(l => l.DiscountPercent).Must(p => p is >= 0 and <= 100 && decimal.Round(p, 2) == p).WithMessage(_ => FormMessages.Percent);
            });
        }
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, RequestContext requestContext) : IHandler<Command, QuoteView>
    {
        public async Task<Result<QuoteView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var opened = await children.Open(request.DealId, ct);
            if (!opened.Ok)
            {
                return opened.Problem;
            }

            var currency = request.Currency ?? opened.Value.Currency ?? requestContext.Actor.Organisation.BaseCurrency;
            var products = await Products(request, ct);
            if (Misfits(request, products, currency) is { Count: > 0 } errors)
            {
                return ValidationProblem.ForFields(errors);
            }

            var quote = Make(request, currency, products);
            var view = ListQuotes.View(quote, products.ToDictionary(p => p.Key, p => p.Value.Name), await children.NameOfActor(ct));
            if (view.Total > Money.Limit)
            {
                return ValidationProblem.ForField("lines", FormMessages.TotalTooLarge);
            }

            db.Add(quote);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return view;
        }

        private async Task<Dictionary<ProductId, Product>> Products(Command request, CancellationToken ct)
        {
            var ids = request.Lines.Select(l => l.ProductId).Distinct().ToArray();
            return await db.Products.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        }

        private static Dictionary<string, string[]> Misfits(Command request, Dictionary<ProductId, Product> products, string currency)
        {
            var errors = new Dictionary<string, string[]>();
            foreach (var (line, i) in request.Lines.Select((line, i) => (line, i)))
            {
                if (!products.TryGetValue(line.ProductId, out var product))
                {
                    errors[$"lines[{i}].productId"] = [FormMessages.ProductUnknown];
                }
                else if (line.Price is null && !(product.Price is not null && product.Currency == currency))
                {
                    errors[$"lines[{i}].price"] = [string.Format(CultureInfo.CurrentCulture, FormMessages.PriceMissing, currency)];
                }
            }

            return errors;
        }

        private Quote Make(Command request, string currency, Dictionary<ProductId, Product> products)
        {
            var id = QuoteId.New();
            return new Quote
            {
                Id = id,
                DealId = request.DealId,
                Currency = currency,
                ValidUntil = request.ValidUntil,
                CreatedAt = requestContext.OccurredAt,
                CreatedBy = requestContext.Actor.Id,
                Lines = [.. request.Lines.Select((line, i) => new QuoteLine
                {
                    QuoteId = id,
                    Position = i + 1,
                    ProductId = line.ProductId,
                    Quantity = line.Quantity,
                    Price = line.Price ?? products[line.ProductId].Price!.Value,
                    DiscountPercent = line.DiscountPercent,
                })],
            };
        }
    }
}
