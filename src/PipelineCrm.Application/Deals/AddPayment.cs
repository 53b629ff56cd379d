using FluentValidation;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Texts;

namespace PipelineCrm.Deals;

/// <summary>A payment for a deal. Raises the deal's version: entering PostPurchase may ask for payments.</summary>
public static class AddPayment
{
    /// <param name="PaidInstant">In place of the day: the day that it is in the organisation's zone.</param>
    public sealed record Command(
        DealId DealId, decimal Amount, string Currency, PaymentMethod Method, DateOnly? PaidAt = null, DateTimeOffset? PaidInstant = null) : IRequest<PaymentView>
    {
        public static Access Access => Access.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).MoreThanZero(Money.Limit);
            RuleFor(c => (decimal?)c.Amount).DecimalsOf(c => c.Currency).OverridePropertyName(nameof(Command.Amount));
            RuleFor(c => c.Currency).NotNull().WithMessage(_ => FormText.CurrencyMissing);
            RuleFor(c => c.Currency).CurrencyCode();
            RuleFor(c => c.Method).IsInEnum().WithMessage(_ => FieldText.UnknownChoice);
            RuleFor(c => c.PaidAt).PlausibleDate();
            RuleFor(c => c.PaidInstant == null ? (DateOnly?)null : DateOnly.FromDateTime(c.PaidInstant.Value.UtcDateTime)).PlausibleDate().OverridePropertyName(nameof(Command.PaidAt));
        }
    }

    internal sealed class Handler(CrmDbContext db, BelongingsOfDeal belongings, Occasion occasion) : IHandler<Command, PaymentView>
    {
        public async Task<Result<PaymentView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var opened = await belongings.Open(request.DealId, ct);
            if (!opened.Ok)
            {
                return opened.Problem;
            }

            var payment = new Payment
            {
                Id = PaymentId.New(),
                DealId = request.DealId,
                Amount = request.Amount,
                Currency = Currencies.CodeOf(request.Currency)!,
                Method = request.Method,
                PaidAt = request.PaidInstant is { } instant ? occasion.Actor.Organisation.DayOf(instant) : request.PaidAt,
                CreatedAt = occasion.OccurredAt,
                CreatedBy = occasion.Actor.Id,
                Version = 1,
            };
            db.Add(payment);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return ListPayments.View(payment, await belongings.NameOfActor(ct), occasion.Today);
        }
    }
}
