using PipelineCrm.CustomFields;
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
        api.MapGet("/views", Views).Produces<ApiList<SavedListView>>();
        api.MapPost("/views", Save).Produces<SavedListView>(StatusCodes.Status201Created);
        api.MapPatch("/views/{id}", Rename).Produces<SavedListView>();
        api.MapDelete("/views/{id}", Delete).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Facts(ApiSender sender,
        CancellationToken ct) => ApiAnswer.From(await sender.Send(new ListFacts.Query(), ct));

    private static async Task<IResult> Fields([AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListCustomFields.Query(page.Request), ct));

    private static async Task<IResult> Add(Body<CustomFieldBody> body, HttpContext http, ApiSender sender, CancellationToken ct) =>
        body.Value is { } field
            ? ApiAnswer.Created(http, await sender.Send(field.Add(), ct), made => $"custom-fields/{made.Key}")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Change(string key, Body<CustomFieldBody> body, ApiSender sender, CancellationToken ct) =>
        body.Value is { } field ? ApiAnswer.From(await sender.Send(field.Change(key), ct)) : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Views(string? list, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListViews.Query(list, page.Request), ct));

    private static async Task<IResult> Save(Body<ViewBody> body, HttpContext http, ApiSender sender, CancellationToken ct) =>
        body.Value is { } view
            ? ApiAnswer.Created(http, await sender.Send(new SaveView.Command(view.List ?? "", view.Name ?? "", view.Query ?? default,
                view.Shared ?? false), ct), made => $"views/{made.Id}")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Rename(Arg<Guid> id, Body<ViewBody> body, ApiSender sender, CancellationToken ct) =>
        body.Value is { } view
            ? ApiAnswer.From(await sender.Send(
                new ChangeView.Command(id.Value, view.Name, view.Query, view.Shared, view.Version) { List = view.List }, ct))
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Delete(Arg<Guid> id, ApiSender sender, CancellationToken ct) =>
        (await sender.Send(new DeleteView.Command(id.Value), ct)).Problem is { } problem ? ApiProblem.Result(problem) : Results.NoContent();
}
