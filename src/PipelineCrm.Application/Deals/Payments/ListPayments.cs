using FluentValidation;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Deals;

/// <summary>A deal's payments, oldest first, without those withdrawn.</summary>
public static class ListPayments
{
    public sealed record Query(DealId DealId, PageRequest Page) : IRequest<Page<PaymentView>>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.AddPage(q => q.Page);
    }

    internal sealed class Handler(CrmDbContext db, DealChildren children, RequestContext requestContext)
        : IHandler<Query, Page<PaymentView>>
    {
        public Task<Result<Page<PaymentView>>> Handle(Query request, CancellationToken ct) =>
            children.Page(request.DealId, request.Page, after => Read(request, after, ct), payment => payment.Id.Value, ct);

        private async Task<List<PaymentView>> Read(Query request, Cursor? after, CancellationToken ct)
        {
            var payments = after is null ? db.Payments : db.Payments.FromSql($"select * from payments where id > {after.Id}");
            var rows = await payments.AsNoTracking().Where(p => p.DealId == request.DealId && p.WithdrawnAt == null).OrderBy(p => p.Id)
                .Take(request.Page.Limit + 1)
                .Select(p => new
                {
                    Payment = p,
                    ByName = db.Users.Where(u => (UserId?)u.Id == p.CreatedBy).Select(u => u.DisplayName).FirstOrDefault()
                })
                .ToListAsync(ct);
            return rows.ConvertAll(r => View(r.Payment, r.ByName, requestContext.Today));
        }
    }

    internal static PaymentView View(Payment payment, string? byName, DateOnly today) => new(
        payment.Id, payment.DealId, payment.Amount, payment.Currency, payment.Method, payment.PaidAt, payment.CreatedAt, payment.CreatedBy,
        byName,
        payment.Version, payment.PaidAt > today);
}
