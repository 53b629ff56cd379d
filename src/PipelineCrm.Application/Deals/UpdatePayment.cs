using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>Corrects a payment (merge patch); the history keeps what it was. Raises the deal's version as a new payment does.</summary>
public static class UpdatePayment
{
    /// <param name="Version">Of the payment, as it was read.</param>
    public sealed record Command(DealId DealId, PaymentId Id, long Version, PaymentFields Fields) : IRequest<PaymentView>
    {
        public static Access Access => Access.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.AddVersion(c => c.Version);
            RuleFor(c => c.Fields.Amount.Value).MoreThanZero(Money.Limit).When(c => c.Fields.Amount.IsSent).OverridePropertyName("amount");
            RuleFor(c => c.Fields.Currency.Value).NotNull().When(c => c.Fields.Currency.IsSent).WithMessage(_ => FormText.CurrencyMissing).OverridePropertyName("currency");
            RuleFor(c => c.Fields.Currency.Value).CurrencyCode().OverridePropertyName("currency");
            RuleFor(c => c.Fields.Method.Value).IsInEnum().When(c => c.Fields.Method.IsSent).WithMessage(_ => FieldText.UnknownChoice).OverridePropertyName("method");
            RuleFor(c => c.Fields.PaidAt.Value).PlausibleDate().OverridePropertyName("paidAt");
        }
    }

    internal sealed class Handler(CrmDbContext db, BelongingsOfDeal belongings, Occasion occasion) : IHandler<Command, PaymentView>
    {
        public async Task<Result<PaymentView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var mine = db.Payments.Where(p => p.Id == request.Id);
            var found = await belongings.Find(mine, request.DealId, request.Version, async now => await View(now, ct), ct);
            if (!found.Ok)
            {
                return found.Problem;
            }

            var payment = found.Value;
            Write(payment, request.Fields);
            if (FieldRules.MisfitOf(payment.Amount, payment.Currency) is { } misfit)
            {
                return Invalid.Field(request.Fields.Amount.IsSent ? "amount" : "currency", misfit);
            }

            payment.Version++;
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return await View(payment, ct);
        }

        private static void Write(Payment payment, PaymentFields fields)
        {
            payment.Amount = fields.Amount.IsSent ? fields.Amount.Value : payment.Amount;
            payment.Currency = fields.Currency.IsSent ? Currencies.CodeOf(fields.Currency.Value)! : payment.Currency;
            payment.Method = fields.Method.IsSent ? fields.Method.Value : payment.Method;
            payment.PaidAt = fields.PaidAt.IsSent ? fields.PaidAt.Value : payment.PaidAt;
        }

        private async Task<PaymentView> View(Payment payment, CancellationToken ct) => ListPayments.View(
            payment, await db.Users.Where(u => (UserId?)u.Id == payment.CreatedBy).Select(u => u.DisplayName).SingleOrDefaultAsync(ct), occasion.Today);
    }
}

/// <summary>What of a payment is corrected; what was not sent is left as it is.</summary>
public sealed record PaymentFields
{
    public Sent<decimal> Amount { get; init; }
    public Sent<string?> Currency { get; init; }
    public Sent<PaymentMethod> Method { get; init; }
    public Sent<DateOnly?> PaidAt { get; init; }
}
