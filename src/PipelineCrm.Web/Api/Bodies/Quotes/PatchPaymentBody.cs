using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>A merge patch: what is not sent stays.</summary>
internal sealed record PatchPaymentBody(long? Version)
{
    public Optional<decimal> Amount { get; init; }
    public Optional<string?> Currency { get; init; }
    public Optional<PaymentMethod> Method { get; init; }
    public Optional<DateOnly?> PaidAt { get; init; }

    public PaymentFields ToFields() => new() { Amount = Amount, Currency = Currency, Method = Method, PaidAt = PaidAt };
}
