using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>Corrects a payment (merge patch); the history keeps what it was. Raises the deal's version as a new payment does.</summary>
public static class UpdatePayment
{
    /// <param name="Version">Of the payment, as it was read.</param>
    public sealed record Command(DealId DealId, PaymentId Id, long Version, PaymentFields Fields) : IRequest<PaymentView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.AddVersion(c => c.Version);
            RuleFor(c => c.Fields.Amount.Value).MoreThanZero(Money.Limit).When(c => c.Fields.Amount.IsSet).OverridePropertyName("amount");
            RuleFor(c => c.Fields.Currency.Value).NotNull().When(c => c.Fields.Currency.IsSet)
                .WithMessage(_ => FormMessages.CurrencyMissing).OverridePropertyName("currency");
            RuleFor(c => c.Fields.Currency.Value).CurrencyCode().OverridePropertyName("currency");
            RuleFor(c => c.Fields.Method.Value).IsInEnum().When(c => c.Fields.Method.IsSet).WithMessage(_ => FieldMessages.UnknownChoice)
                .OverridePropertyName("method");
            RuleFor(c => c.Fields.PaidAt.Value).PlausibleDate().OverridePropertyName("paidAt");
        }
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, RequestContext requestContext) : IHandler<Command, PaymentView>
    {
        public async Task<Result<PaymentView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var mine = db.Payments.Where(p => p.Id == request.Id);
            var found = await children.Find(mine, request.DealId, request.Version, async now => await View(now, ct), ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            var payment = found.Value;
            Write(payment, request.Fields);
            if (FieldRules.MisfitOf(payment.Amount, payment.Currency) is { } misfit)
            {
                return ValidationProblem.ForField(request.Fields.Amount.IsSet ? "amount" : "currency", misfit);
            }

            payment.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return await View(payment, ct);
        }

        private static void Write(Payment payment, PaymentFields fields)
        {
            payment.Amount = fields.Amount.IsSet ? fields.Amount.Value : payment.Amount;
            payment.Currency = fields.Currency.IsSet ? Currencies.CodeOf(fields.Currency.Value)! : payment.Currency;
            payment.Method = fields.Method.IsSet ? fields.Method.Value : payment.Method;
            payment.PaidAt = fields.PaidAt.IsSet ? fields.PaidAt.Value : payment.PaidAt;
        }

        private async Task<PaymentView> View(Payment payment, CancellationToken ct) => ListPayments.View(
            payment, await db.Users.Where(u => (UserId?)u.Id == payment.CreatedBy).Select(u => u.DisplayName).SingleOrDefaultAsync(ct),
            requestContext.Today);
    }
}

/// <summary>What of a payment is corrected; what was not sent is left as it is.</summary>
public sealed record PaymentFields
{
    public Optional<decimal> Amount { get; init; }
    public Optional<string?> Currency { get; init; }
    public Optional<PaymentMethod> Method { get; init; }
    public Optional<DateOnly?> PaidAt { get; init; }
}
