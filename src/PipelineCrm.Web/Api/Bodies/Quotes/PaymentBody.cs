using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <param name="PaidAt">A day, or an instant: the day that it is in the organisation's zone.</param>
internal sealed record PaymentBody(decimal? Amount, string? Currency, PaymentMethod? Method, DayOrInstant? PaidAt)
{
    public AddPayment.Command Command(DealId deal) => new(deal, Amount ?? 0, Currency!, Method ?? 0, PaidAt?.Day, PaidAt?.Instant);
}
