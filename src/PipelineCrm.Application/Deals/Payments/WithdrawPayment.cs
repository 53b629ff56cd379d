using FluentValidation;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Takes a payment back: it counts no longer and is listed no longer; the history keeps it, and who withdrew it.</summary>
public static class WithdrawPayment
{
    /// <param name="Version">Of the payment, as it was read.</param>
    public sealed record Command(DealId DealId, PaymentId Id, long Version) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => this.AddVersion(c => c.Version);
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children) : IHandler<Command, Unit>
    {
        public Task<Result<Unit>> Handle(Command request, CancellationToken ct) =>
            children.Withdraw(db.Payments.Where(p => p.Id == request.Id), request.DealId, request.Version, ct);
    }
}
