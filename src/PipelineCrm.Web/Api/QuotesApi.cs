using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>Quotes and payments of a deal (docs/api.md).</summary>
internal static class QuotesApi
{
    public static void MapQuotes(this RouteGroupBuilder api)
    {
        api.MapGet("/deals/{id}/quotes", Quotes).Produces<ApiList<QuoteView>>();
        api.MapPost("/deals/{id}/quotes", Quote).Produces<QuoteView>(StatusCodes.Status201Created);
        api.MapPatch("/deals/{id}/quotes/{quoteId}", CorrectQuote).Produces<QuoteView>();
        api.MapPost("/deals/{id}/quotes/{quoteId}/withdraw", WithdrawQuote).Produces(StatusCodes.Status204NoContent);
        api.MapGet("/deals/{id}/payments", Payments).Produces<ApiList<PaymentView>>();
        api.MapPost("/deals/{id}/payments", Pay).Produces<PaymentView>(StatusCodes.Status201Created);
        api.MapPatch("/deals/{id}/payments/{paymentId}", CorrectPayment).Produces<PaymentView>();
        api.MapPost("/deals/{id}/payments/{paymentId}/withdraw", WithdrawPayment).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Quotes(Arg<DealId> id, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListQuotes.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Quote(Arg<DealId> id, Body<QuoteBody> body, HttpContext http, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } quote ? await door.Send(quote.Command(id.Value), ct) : body.Problem!;
        return ApiAnswer.Created(http, await MissingFirst(result, id.Value, door, ct), _ => $"deals/{id.Value}/quotes");
    }

    private static async Task<IResult> Payments(Arg<DealId> id, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListPayments.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Pay(Arg<DealId> id, Body<PaymentBody> body, HttpContext http, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } payment ? await door.Send(payment.Command(id.Value), ct) : body.Problem!;
        return ApiAnswer.Created(http, await MissingFirst(result, id.Value, door, ct), _ => $"deals/{id.Value}/payments");
    }

    private static async Task<IResult> CorrectQuote(Arg<DealId> id, Arg<QuoteId> quoteId, Body<PatchQuoteBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } patch ? await door.Send(new UpdateQuote.Command(id.Value, quoteId.Value, patch.Version ?? 0, patch.ToFields()), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, door, ct));
    }

    private static async Task<IResult> WithdrawQuote(Arg<DealId> id, Arg<QuoteId> quoteId, Body<VersionBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await door.Send(new WithdrawQuote.Command(id.Value, quoteId.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.Nothing(await MissingFirst(result, id.Value, door, ct));
    }

    private static async Task<IResult> CorrectPayment(Arg<DealId> id, Arg<PaymentId> paymentId, Body<PatchPaymentBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } patch
            ? await door.Send(new UpdatePayment.Command(id.Value, paymentId.Value, patch.Version ?? 0, patch.ToFields()), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, door, ct));
    }

    private static async Task<IResult> WithdrawPayment(Arg<DealId> id, Arg<PaymentId> paymentId, Body<VersionBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await door.Send(new WithdrawPayment.Command(id.Value, paymentId.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.Nothing(await MissingFirst(result, id.Value, door, ct));
    }

    /// <summary>What one may not see is not found, whatever else is wrong with the request.</summary>
    private static async Task<Result<T>> MissingFirst<T>(Result<T> result, DealId id, ApiDoor door, CancellationToken ct) =>
        result.Problem is { Code: ProblemCode.Validation or ProblemCode.Forbidden } no
            ? (await door.Send(new ListQuotes.Query(id, new PageRequest(1)), ct)).Problem is { Code: ProblemCode.NotFound } missing ? missing : no
            : result;
}

/// <param name="Currency">The deal's where not given.</param>
internal sealed record QuoteBody(IReadOnlyList<QuoteLineBody?>? Lines, DateOnly? ValidUntil, string? Currency)
{
    public AddQuote.Command Command(DealId deal) => new(deal, [.. (Lines ?? []).Select(line => (line ?? QuoteLineBody.Empty).ToLine())], ValidUntil, Currency);
}

/// <param name="Price">The product's own where not given.</param>
internal sealed record QuoteLineBody(ProductId? ProductId, decimal? Quantity, decimal? Price, decimal? DiscountPercent)
{
    /// <summary>What a null in the list is taken for: a line in which all is missing.</summary>
    public static readonly QuoteLineBody Empty = new(null, null, null, null);

    public AddQuote.Line ToLine() => new(ProductId ?? default, Quantity ?? 1, Price, DiscountPercent ?? 0);
}

/// <summary>A merge patch: what is not sent stays.</summary>
internal sealed record PatchQuoteBody(long? Version)
{
    public Sent<IReadOnlyList<QuoteLineBody?>?> Lines { get; init; }
    public Sent<DateOnly?> ValidUntil { get; init; }
    public Sent<string?> Currency { get; init; }

    public QuoteFields ToFields() => new()
    {
        Lines = Lines.IsSent ? new(true, [.. (Lines.Value ?? []).Select(line => (line ?? QuoteLineBody.Empty).ToLine())]) : default,
        ValidUntil = ValidUntil,
        Currency = Currency,
    };
}

/// <summary>A merge patch: what is not sent stays.</summary>
internal sealed record PatchPaymentBody(long? Version)
{
    public Sent<decimal> Amount { get; init; }
    public Sent<string?> Currency { get; init; }
    public Sent<PaymentMethod> Method { get; init; }
    public Sent<DateOnly?> PaidAt { get; init; }

    public PaymentFields ToFields() => new() { Amount = Amount, Currency = Currency, Method = Method, PaidAt = PaidAt };
}

/// <param name="PaidAt">A day, or an instant: the day that it is in the organisation's zone.</param>
internal sealed record PaymentBody(decimal? Amount, string? Currency, PaymentMethod? Method, DayOrInstant? PaidAt)
{
    public AddPayment.Command Command(DealId deal) => new(deal, Amount ?? 0, Currency!, Method ?? 0, PaidAt?.Day, PaidAt?.Instant);
}
