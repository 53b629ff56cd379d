using PipelineCrm.Deals;

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

    private static async Task<IResult> Quotes(Arg<DealId> id, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListQuotes.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Quote(Arg<DealId> id, Body<QuoteBody> body, HttpContext http, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } quote ? await sender.Send(quote.Command(id.Value), ct) : body.Problem!;
        return ApiAnswer.Created(http, await MissingFirst(result, id.Value, sender, ct), _ => $"deals/{id.Value}/quotes");
    }

    private static async Task<IResult> Payments(Arg<DealId> id, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListPayments.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Pay(Arg<DealId> id, Body<PaymentBody> body, HttpContext http, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } payment ? await sender.Send(payment.Command(id.Value), ct) : body.Problem!;
        return ApiAnswer.Created(http, await MissingFirst(result, id.Value, sender, ct), _ => $"deals/{id.Value}/payments");
    }

    private static async Task<IResult> CorrectQuote(Arg<DealId> id, Arg<QuoteId> quoteId, Body<PatchQuoteBody> body, ApiSender sender,
        CancellationToken ct)
    {
        var result = body.Value is { } patch
            ? await sender.Send(new UpdateQuote.Command(id.Value, quoteId.Value, patch.Version ?? 0, patch.ToFields()), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct));
    }

    private static async Task<IResult> WithdrawQuote(Arg<DealId> id, Arg<QuoteId> quoteId, Body<VersionBody> body, ApiSender sender,
        CancellationToken ct)
    {
        var result = body.Value is { } seen ? await sender.Send(new WithdrawQuote.Command(id.Value, quoteId.Value, seen.Version ?? 0), ct)
            : body.Problem!;
        return ApiAnswer.Nothing(await MissingFirst(result, id.Value, sender, ct));
    }

    private static async Task<IResult> CorrectPayment(Arg<DealId> id, Arg<PaymentId> paymentId, Body<PatchPaymentBody> body,
        ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } patch
            ? await sender.Send(new UpdatePayment.Command(id.Value, paymentId.Value, patch.Version ?? 0, patch.ToFields()), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct));
    }

    private static async Task<IResult> WithdrawPayment(Arg<DealId> id, Arg<PaymentId> paymentId, Body<VersionBody> body, ApiSender sender,
        CancellationToken ct)
    {
        var result = body.Value is { } seen
            ? await sender.Send(new WithdrawPayment.Command(id.Value, paymentId.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.Nothing(await MissingFirst(result, id.Value, sender, ct));
    }

    /// <summary>What one may not see is not found, whatever else is wrong with the request.</summary>
    private static async Task<Result<T>> MissingFirst<T>(Result<T> result, DealId id, ApiSender sender, CancellationToken ct) =>
        result.Problem is { Code: ProblemCode.Validation or ProblemCode.Forbidden } no
            ? (await sender.Send(new ListQuotes.Query(id, new PageRequest(1)), ct)).Problem is { Code: ProblemCode.NotFound } missing
                ? missing : no
            : result;
}
