using PipelineCrm.Deals;

namespace PipelineCrm.Web.Api;

/// <summary>Quotes and payments of a deal (docs/api.md).</summary>
internal static class QuotesApi
{
    public static void MapQuotes(this RouteGroupBuilder api)
    {
        api.MapGet("/deals/{id}/quotes", Quotes).Produces<ApiList<QuoteView>>();
        api.MapPost("/deals/{id}/quotes", Quote).Produces<QuoteView>(StatusCodes.Status201Created);
        api.MapGet("/deals/{id}/payments", Payments).Produces<ApiList<PaymentView>>();
        api.MapPost("/deals/{id}/payments", Pay).Produces<PaymentView>(StatusCodes.Status201Created);
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

    /// <summary>What one may not see is not found, whatever else is wrong with the request.</summary>
    private static async Task<Result<T>> MissingFirst<T>(Result<T> result, DealId id, ApiSender sender, CancellationToken ct) =>
        result.Problem is { Code: ProblemCode.Validation or ProblemCode.Forbidden } no
            ? (await sender.Send(new ListQuotes.Query(id, new PageRequest(1)), ct)).Problem is { Code: ProblemCode.NotFound } missing ? missing : no
            : result;
}
