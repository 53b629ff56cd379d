using System.Text.Json;
using PipelineCrm.Catalog;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Views;

namespace PipelineCrm.Web.Api;

/// <summary>Facts, the fields that admins add, saved views (docs/api.md).</summary>
internal static class FactsApi
{
    public static void MapFacts(this RouteGroupBuilder api)
    {
        api.MapGet("/facts", Facts).Produces<IReadOnlyList<FactView>>();
        api.MapGet("/custom-fields", Fields).Produces<ApiList<CustomFieldView>>();
        api.MapPost("/custom-fields", Add).Produces<CustomFieldView>(StatusCodes.Status201Created);
        api.MapPatch("/custom-fields/{key}", Change).Produces<CustomFieldView>();
        api.MapGet("/views", Views).Produces<ApiList<ViewOfList>>();
        api.MapPost("/views", Save).Produces<ViewOfList>(StatusCodes.Status201Created);
        api.MapPatch("/views/{id}", Rename).Produces<ViewOfList>();
        api.MapDelete("/views/{id}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Facts(ApiDoor door, CancellationToken ct) => ApiAnswer.From(await door.Send(new ListFacts.Query(), ct));

    private static async Task<IResult> Fields([AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListCustomFields.Query(page.Request), ct));

    private static async Task<IResult> Add(Body<CustomFieldBody> body, HttpContext http, ApiDoor door, CancellationToken ct) =>
        body.Value is { } field
            ? ApiAnswer.Created(http, await door.Send(field.Add(), ct), made => $"custom-fields/{made.Key}")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Change(string key, Body<CustomFieldBody> body, ApiDoor door, CancellationToken ct) =>
        body.Value is { } field ? ApiAnswer.From(await door.Send(field.Change(key), ct)) : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Views(string? list, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListViews.Query(list, page.Request), ct));

    private static async Task<IResult> Save(Body<ViewBody> body, HttpContext http, ApiDoor door, CancellationToken ct) =>
        body.Value is { } view
            ? ApiAnswer.Created(http, await door.Send(new SaveView.Command(view.List ?? "", view.Name ?? "", view.Query ?? default, view.Shared ?? false), ct), made => $"views/{made.Id}")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Rename(Arg<Guid> id, Body<ViewBody> body, ApiDoor door, CancellationToken ct) =>
        body.Value is { } view
            ? ApiAnswer.From(await door.Send(new ChangeView.Command(id.Value, view.Name, view.Query, view.Shared, view.Version) { List = view.List }, ct))
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Delete(Arg<Guid> id, ApiDoor door, CancellationToken ct) =>
        (await door.Send(new DeleteView.Command(id.Value), ct)).Problem is { } problem ? ApiProblem.Result(problem) : Results.NoContent();
}

/// <param name="Key">Stays for good, like subject and type.</param>
/// <param name="Choices">For choice and choices; in a change all of them, one that is left out is offered no longer.</param>
/// <param name="Version">Of a change: that the caller has seen; may be left out.</param>
internal sealed record CustomFieldBody(
    FactSubject? Subject, string? Key, FactType? Type, LocalizedText? Name, IReadOnlyList<CustomChoice>? Choices, int? Position, bool? Retired, long? Version)
{
    public AddCustomField.Command Add() => new(Subject ?? 0, Key ?? "", Type ?? 0, Name, Choices, Position, Retired ?? false);

    public ChangeCustomField.Command Change(string key) => new(key, Name, Choices, Position, Retired, Version) { Subject = Subject, Type = Type, NewKey = Key };
}

/// <param name="List">deals, customers or board; stays for good.</param>
/// <param name="Query">The list's parameters, as an object or as the text after the question mark of an address.</param>
internal sealed record ViewBody(string? List, string? Name, JsonElement? Query, bool? Shared, long? Version);
