using FluentValidation;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Deals;

/// <summary>A payment for a deal. Raises the deal's version: entering PostPurchase may ask for payments.</summary>
public static class AddPayment
{
    /// <param name="PaidInstant">In place of the day: the day that it is in the organisation's zone.</param>
    public sealed record Command(
        DealId DealId, decimal Amount, string Currency, PaymentMethod Method, DateOnly? PaidAt = null, DateTimeOffset? PaidInstant = null)
        : IRequest<PaymentView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).MoreThanZero(Money.Limit);
            RuleFor(c => (decimal?)c.Amount).DecimalsOf(c => c.Currency).OverridePropertyName(nameof(Command.Amount));
            RuleFor(c => c.Currency).NotNull().WithMessage(_ => FormMessages.CurrencyMissing);
            RuleFor(c => c.Currency).CurrencyCode();
            RuleFor(c => c.Method).IsInEnum().WithMessage(_ => FieldMessages.UnknownChoice);
            RuleFor(c => c.PaidAt).PlausibleDate();
            RuleFor(c => c.PaidInstant == null ? (DateOnly?)null : DateOnly.FromDateTime(c.PaidInstant.Value.UtcDateTime)).PlausibleDate()
                .OverridePropertyName(nameof(Command.PaidAt));
        }
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, RequestContext requestContext) : IHandler<Command, PaymentView>
    {
        public async Task<Result<PaymentView>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.Begin(ct);
            var opened = await children.Open(request.DealId, ct);
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
                PaidAt = request.PaidInstant is { } instant ? requestContext.Actor.Organisation.DayOf(instant) : request.PaidAt,
                CreatedAt = requestContext.OccurredAt,
                CreatedBy = requestContext.Actor.Id,
                Version = 1,
            };
            db.Add(payment);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return ListPayments.View(payment, await children.NameOfActor(ct), requestContext.Today);
        }
    }
}
