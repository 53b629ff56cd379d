using Microsoft.AspNetCore.Mvc;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Timeline;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Api;

/// <summary>Deals, their moves and their ledger (docs/api.md).</summary>
internal static class DealsApi
{
    public static void MapDeals(this RouteGroupBuilder api)
    {
        api.MapGet("/deals", List).Produces<ApiList<DealBody>>();
        api.MapPost("/deals", Create).Produces<DealBody>(StatusCodes.Status201Created);
        api.MapGet("/deals/{id}", Get).Produces<DealBody>();
        api.MapPatch("/deals/{id}", Patch).Produces<DealBody>();
        api.MapPost("/deals/{id}/archive", Archive).Produces<DealBody>();
        api.MapPost("/deals/{id}/restore", Restore).Produces<DealBody>();
        api.MapGet("/deals/{id}/moves", Explain).Produces<MovesBody>();
        api.MapPost("/deals/{id}/moves", Move).Produces<MovedBody>();
        api.MapPost("/deals/{id}/place", Place).Produces(StatusCodes.Status204NoContent);
        api.MapGet("/deals/{id}/transitions", Transitions).Produces<ApiList<TransitionBody>>();
        api.MapGet("/deals/{id}/history", History).Produces<ApiList<HistoryBody>>();
        api.MapPost("/transitions/{id}/undo", Undo).Produces<MovedBody>();
    }

    private static async Task<IResult> List([AsParameters] DealArgs args, string? sort, [AsParameters] PageArgs page, ApiSender sender,
        CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListDeals.Query(args.Conditions, page.Request, sort), ct), DealBody.From);

    private static async Task<IResult> Create(Body<CreateDealBody> body, HttpContext http, ApiSender sender, CancellationToken ct) =>
        body.Value is { } deal
            ? ApiAnswer.Created(http, await sender.Send(deal.ToCommand(), ct), created => $"deals/{created.Id}", DealBody.From)
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Get(Arg<DealId> id, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new GetDeal.Query(id.Value), ct), DealBody.From);

    private static async Task<IResult> Patch(Arg<DealId> id, Body<PatchDealBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } patch
            ? await sender.Send(new UpdateDeal.Command(id.Value, patch.Version ?? 0, patch.ToFields()), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct), DealBody.From);
    }

    private static async Task<IResult> Archive(Arg<DealId> id, Body<VersionBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await sender.Send(new ArchiveDeal.Command(id.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct), DealBody.From);
    }

    private static async Task<IResult> Restore(Arg<DealId> id, Body<VersionBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await sender.Send(new RestoreDeal.Command(id.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct), DealBody.From);
    }

    private static async Task<IResult> Explain(Arg<DealId> id, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new ExplainMoves.Query(id.Value), ct), MovesBody.From);

    private static async Task<IResult> Move(
        Arg<DealId> id, Body<MoveBody> body, [FromHeader(Name = IdempotencyKey.Header)] string? idempotencyKey, ApiSender sender,
        CancellationToken ct)
    {
        Result<MoveResult> result = body.Problem is { } malformed ? malformed
            : idempotencyKey is not { Length: >= 1 and <= MoveDeal.KeyLength }
                ? ApiText.Problem(ProblemCode.IdempotencyKeyMissing, "IdempotencyKeyMissing")
            : await sender.Send(body.Value!.Command(id.Value, idempotencyKey), ct);
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct), MovedBody.From);
    }

    private static async Task<IResult> Place(Arg<DealId> id, Body<PlaceBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } place ? await sender.Send(new ReorderDeal.Command(id.Value, place.Above, place.Below), ct)
            : body.Problem!;
        return (await MissingFirst(result, id.Value, sender, ct)).Problem is { } problem ? ApiProblem.Result(problem) : Results.NoContent();
    }

    private static async Task<IResult> Transitions(Arg<DealId> id, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListTransitions.Query(id.Value, page.Request), ct), TransitionBody.FromView);

    private static async Task<IResult> History(Arg<DealId> id, Arg<TimelinePart>? part, [AsParameters] PageArgs page, ApiSender sender,
        CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListDealHistory.Query(id.Value, page.Request, part?.Value ?? TimelinePart.All), ct),
            HistoryBody.From);

    private static async Task<IResult> Undo(Arg<long> id, Body<UndoBody> body, ApiSender sender, CancellationToken ct) =>
        body is { Missing: false, Problem: { } malformed }
            ? ApiProblem.Result(malformed)
            : ApiAnswer.From(await sender.Send(new UndoTransition.Command(id.Value, body.Value?.Resolve), ct), MovedBody.From);

    /// <summary>What one may not see is not found, whatever else is wrong with the request.</summary>
    private static async Task<Result<T>> MissingFirst<T>(Result<T> result, DealId id, ApiSender sender, CancellationToken ct) =>
        result.Problem is { Code: ProblemCode.Validation or ProblemCode.IdempotencyKeyMissing } malformed
            ? (await sender.Send(new GetDeal.Query(id), ct)).Problem is { Code: ProblemCode.NotFound } missing ? missing : malformed
            : result;
}

/// <summary>Filters of a list of deals.</summary>
internal readonly record struct DealArgs(
    Arg<Stage>? Stage, Arg<Outcome>? Outcome, Arg<UserId>? Owner, Arg<TeamId>? Team, Arg<CustomerId>? Customer, string? Source,
    string? Search,
    Arg<bool>? Archived, string? Filter)
{
    public DealFilter Conditions =>
        new(Stage?.Value, Outcome?.Value, Owner?.Value, Team?.Value, Customer?.Value, Source, Search, Archived?.Value ?? false, Filter);
}
