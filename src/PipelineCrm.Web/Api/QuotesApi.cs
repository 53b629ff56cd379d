using PipelineCrm.Common;
using PipelineCrm.Deals;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>Quotes and payments of a deal (CONTRACT.md).</summary>
internal static class QuotesApi
{
    public static void MapQuotes(this RouteGroupBuilder api)
    {
        api.MapGet("/deals/{id}/quotes", Quotes).Produces<ApiList<QuoteView>>();
        api.MapPost("/deals/{id}/quotes", Quote).Produces<QuoteView>(StatusCodes.Status201Created);
        api.MapGet("/deals/{id}/payments", Payments).Produces<ApiList<PaymentView>>();
        api.MapPost("/deals/{id}/payments", Pay).Produces<PaymentView>(StatusCodes.Status201Created);
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

/// <param name="PaidAt">A day, or an instant: the day that it is in the organisation's zone.</param>
internal sealed record PaymentBody(decimal? Amount, string? Currency, PaymentMethod? Method, DayOrInstant? PaidAt)
{
    public AddPayment.Command Command(DealId deal) => new(deal, Amount ?? 0, Currency!, Method ?? 0, PaidAt?.Day, PaidAt?.Instant);
}
