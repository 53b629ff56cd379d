using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Products;

/// <summary>A new product, or an existing one written as a whole.</summary>
public static class SaveProduct
{
    private const string NameIndex = "products_name";

    /// <param name="Id">Null for a new one.</param>
    /// <param name="Version">Of the existing one, as it was read.</param>
    public sealed record Command(ProductId? Id, long Version, string Name, decimal? Price, string? Currency, bool Active = true)
        : IRequest<ProductView>
    {
        public static AccessLevel Access => AccessLevel.Manager;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Name).RequiredText(Product.NameLength);
            RuleFor(c => c.Price).PlausibleAmount().DecimalsOf(c => c.Currency);
            RuleFor(c => c.Currency).CurrencyCode();
            RuleFor(c => c.Currency).NotNull().When(c => c.Price is not null).WithMessage(_ => FormMessages.CurrencyMissing);
        }
    }

    internal sealed class Handler(CrmDbContext db, RequestContext requestContext) : IHandler<Command, ProductView>
    {
        public async Task<Result<ProductView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            if (await Product(request, ct) is not { } product)
            {
                return new Problem(ProblemCode.NotFound, ProblemMessages.NotFound);
            }

            if (request.Id is not null && product.Version != request.Version)
            {
                return new Problem(ProblemCode.Conflict, ProblemMessages.Conflict) { Detail = ProductView.Of(product) };
            }

            Write(product, request);
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (DbUpdateException taken)
                when (taken.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: NameIndex })
            {
                return ValidationProblem.ForField("name", FormMessages.ProductName);
            }

            await transaction.CommitAsync(ct);
            return ProductView.Of(product);
        }

        private async Task<Product?> Product(Command request, CancellationToken ct)
        {
            if (request.Id is { } id)
            {
                await db.Lock(id, ct);
                return await db.Products.SingleOrDefaultAsync(p => p.Id == id, ct);
            }

            var product = new Product { Id = ProductId.New(), Name = "", CreatedAt = requestContext.OccurredAt };
            db.Add(product);
            return product;
        }

        private void Write(Product product, Command request)
        {
            product.Name = FieldRules.TrimToNull(request.Name)!;
            product.Price = request.Price;
            product.Currency = Currencies.CodeOf(request.Currency);
            product.Active = request.Active;
            if (db.ChangeTracker.HasChanges())
            {
                product.Version++;
            }
        }
    }
}
