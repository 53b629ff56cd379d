using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>Customers and their contacts (docs/api.md).</summary>
internal static class CustomersApi
{
    public static void MapCustomers(this RouteGroupBuilder api)
    {
        api.MapGet("/customers", List).Produces<ApiList<CustomerView>>();
        api.MapPost("/customers", Create).Produces<CustomerView>(StatusCodes.Status201Created);
        api.MapGet("/customers/{id}", Get).Produces<CustomerDetails>();
        api.MapPatch("/customers/{id}", Patch).Produces<CustomerView>();
        api.MapPost("/customers/{id}/archive", Archive).Produces<CustomerView>();
        api.MapPost("/customers/{id}/restore", Restore).Produces<CustomerView>();
        api.MapGet("/customers/{id}/history", History).Produces<ApiList<CustomerHistoryItem>>();
        api.MapGet("/customers/{id}/contacts", Contacts).Produces<ApiList<ContactView>>();
        api.MapPost("/customers/{id}/contacts", Add).Produces<ContactView>(StatusCodes.Status201Created);
        api.MapPut("/customers/{id}/contacts/{contactId}", Write).Produces<ContactView>();
    }

    private static async Task<IResult> List(
        string? search, Arg<PurchaseStatus>? status, Arg<bool>? archived, string? filter, string? sort, [AsParameters] PageArgs page,
        ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(
            await sender.Send(new ListCustomers.Query(search, status?.Value, page.Request, archived?.Value ?? false, filter, sort), ct));

    private static async Task<IResult> Create(Body<CustomerBody> body, HttpContext http, ApiSender sender, CancellationToken ct) =>
        body.Value is { } customer
            ? ApiAnswer.Created(http, await sender.Send(customer.ToCommand(), ct), created => $"customers/{created.Id}")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Get(Arg<CustomerId> id, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new GetCustomer.Query(id.Value), ct));

    private static async Task<IResult> History(Arg<CustomerId> id, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListCustomerHistory.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Patch(Arg<CustomerId> id, Body<PatchCustomerBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } patch
            ? await sender.Send(new UpdateCustomer.Command(id.Value, patch.Version ?? 0, patch.ToFields()), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct));
    }

    private static async Task<IResult> Archive(Arg<CustomerId> id, Body<VersionBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await sender.Send(new ArchiveCustomer.Command(id.Value, seen.Version ?? 0), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct));
    }

    private static async Task<IResult> Restore(Arg<CustomerId> id, Body<VersionBody> body, ApiSender sender, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await sender.Send(new RestoreCustomer.Command(id.Value, seen.Version ?? 0), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct));
    }

    private static async Task<IResult> Contacts(Arg<CustomerId> id, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListContacts.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Add(Arg<CustomerId> id, Body<ContactBody> body, HttpContext http, ApiSender sender,
        CancellationToken ct)
    {
        var result = body.Value is { } contact ? await sender.Send(contact.Add(id.Value), ct) : body.Problem!;
        return ApiAnswer.Created(http, await MissingFirst(result, id.Value, sender, ct), _ => $"customers/{id.Value}/contacts");
    }

    private static async Task<IResult> Write(Arg<CustomerId> id, Arg<ContactId> contactId, Body<ContactBody> body, ApiSender sender,
        CancellationToken ct)
    {
        var result = body.Value is { } contact ? await sender.Send(contact.Update(id.Value, contactId.Value), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, sender, ct));
    }

    /// <summary>What does not exist is not found, whatever else is wrong with the request.</summary>
    private static async Task<Result<T>> MissingFirst<T>(Result<T> result, CustomerId id, ApiSender sender, CancellationToken ct) =>
        result.Problem is { Code: ProblemCode.Validation or ProblemCode.Forbidden } no
            ? (await sender.Send(new GetCustomer.Query(id), ct)).Problem is { Code: ProblemCode.NotFound } missing ? missing : no
            : result;
}
