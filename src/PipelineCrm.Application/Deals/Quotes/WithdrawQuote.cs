using FluentValidation;
using PipelineCrm.Persistence;

namespace PipelineCrm.Deals;

/// <summary>Takes a quote back: it counts no longer and is listed no longer; the history keeps it, and who withdrew it.</summary>
public static class WithdrawQuote
{
    /// <param name="Version">Of the quote, as it was read.</param>
    public sealed record Command(DealId DealId, QuoteId Id, long Version) : IRequest<Unit>
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
            children.Withdraw(db.Quotes.Where(q => q.Id == request.Id), request.DealId, request.Version, ct);
    }
}
