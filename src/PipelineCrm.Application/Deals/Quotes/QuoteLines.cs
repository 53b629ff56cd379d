using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>What the lines of a quote must be, and how they are made; the same for a new quote and a corrected one.</summary>
internal sealed class QuoteLines(CrmDbContext db)
{
    /// <param name="lines">Null where they are not sent.</param>
    public static void AddTo<T>(AbstractValidator<T> rules, Func<T, IReadOnlyList<AddQuote.Line>?> lines)
    {
        rules.RuleFor(c => lines(c)).Must(all => all is not { Count: 0 }).WithMessage(_ => FormMessages.NoLines)
            .OverridePropertyName("lines");
        rules.RuleFor(c => lines(c)).Must(all => all is not { Count: > AddQuote.MaxLines })
            .WithMessage(_ => string.Format(CultureInfo.CurrentCulture, FormMessages.TooManyLines, AddQuote.MaxLines))
            .OverridePropertyName("lines");
        rules.RuleForEach(c => lines(c)).ChildRules(line =>
        {
            line.RuleFor(l => l.ProductId).NotEqual(default(ProductId)).WithMessage(_ => FieldMessages.Required);
            line.RuleFor(l => l.Quantity).MoreThanZero(AddQuote.MaxQuantity);
            line.RuleFor(l => l.Price).PlausibleAmount();
            line.RuleFor(l => l.DiscountPercent).Must(p => p is >= 0 and <= 100 && decimal.Round(p, 2) == p)
                .WithMessage(_ => FormMessages.Percent);
        }).OverridePropertyName("lines");
    }

    /// <summary>The lines with their products' prices, numbered from a position on.</summary>
    public async Task<Result<List<QuoteLine>>> Make(QuoteId quote, IReadOnlyList<AddQuote.Line> lines, string currency, int first,
        CancellationToken ct)
    {
        var ids = lines.Select(l => l.ProductId).Distinct().ToArray();
        var products = await db.Products.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        if (Misfits(lines, products, currency) is { Count: > 0 } errors)
        {
            return ValidationProblem.ForFields(errors);
        }

        var made = lines.Select((line, i) => new QuoteLine
        {
            QuoteId = quote,
            Position = first + i,
            ProductId = line.ProductId,
            Quantity = line.Quantity,
            Price = line.Price ?? products[line.ProductId].Price!.Value,
            DiscountPercent = line.DiscountPercent,
        }).ToList();
        return made.Sum(line => QuoteLineView.TotalOf(line, currency)) > Money.Limit
            ? ValidationProblem.ForField("lines", FormMessages.TotalTooLarge) : made;
    }

    public async Task<Dictionary<ProductId, string>> Names(IEnumerable<QuoteLine> lines, CancellationToken ct)
    {
        var ids = lines.Select(l => l.ProductId).Distinct().ToArray();
        return await db.Products.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }

    private static Dictionary<string, string[]> Misfits(IReadOnlyList<AddQuote.Line> lines, Dictionary<ProductId, Product> products,
        string currency)
    {
        var errors = new Dictionary<string, string[]>();
        foreach (var (line, i) in lines.Select((line, i) => (line, i)))
        {
            if (!products.TryGetValue(line.ProductId, out var product))
            {
                errors[$"lines[{i}].productId"] = [FormMessages.ProductUnknown];
            }
            else if (line.Price is null && !(product.Price is not null && product.Currency == currency))
            {
                errors[$"lines[{i}].price"] = [string.Format(CultureInfo.CurrentCulture, FormMessages.PriceMissing, currency)];
            }
            else if (FieldRules.MisfitOf(line.Price, currency) is { } misfit)
            {
                errors[$"lines[{i}].price"] = [misfit];
            }
        }

        return errors;
    }
}
