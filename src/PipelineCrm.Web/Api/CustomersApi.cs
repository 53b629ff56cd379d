using System.Text.Json;
using System.Text.Json.Serialization;
using PipelineCrm.Common;
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
        string? search, Arg<PurchaseStatus>? status, Arg<bool>? archived, string? filter, string? sort, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListCustomers.Query(search, status?.Value, page.Request, archived?.Value ?? false, filter, sort), ct));

    private static async Task<IResult> Create(Body<CustomerBody> body, HttpContext http, ApiDoor door, CancellationToken ct) =>
        body.Value is { } customer
            ? ApiAnswer.Created(http, await door.Send(customer.ToCommand(), ct), created => $"customers/{created.Id}")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Get(Arg<CustomerId> id, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.From(await door.Send(new GetCustomer.Query(id.Value), ct));

    private static async Task<IResult> History(Arg<CustomerId> id, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListCustomerHistory.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Patch(Arg<CustomerId> id, Body<PatchCustomerBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } patch
            ? await door.Send(new UpdateCustomer.Command(id.Value, patch.Version ?? 0, patch.ToFields()), ct)
            : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, door, ct));
    }

    private static async Task<IResult> Archive(Arg<CustomerId> id, Body<VersionBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await door.Send(new ArchiveCustomer.Command(id.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, door, ct));
    }

    private static async Task<IResult> Restore(Arg<CustomerId> id, Body<VersionBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } seen ? await door.Send(new RestoreCustomer.Command(id.Value, seen.Version ?? 0), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, door, ct));
    }

    private static async Task<IResult> Contacts(Arg<CustomerId> id, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListContacts.Query(id.Value, page.Request), ct));

    private static async Task<IResult> Add(Arg<CustomerId> id, Body<ContactBody> body, HttpContext http, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } contact ? await door.Send(contact.Add(id.Value), ct) : body.Problem!;
        return ApiAnswer.Created(http, await MissingFirst(result, id.Value, door, ct), _ => $"customers/{id.Value}/contacts");
    }

    private static async Task<IResult> Write(Arg<CustomerId> id, Arg<ContactId> contactId, Body<ContactBody> body, ApiDoor door, CancellationToken ct)
    {
        var result = body.Value is { } contact ? await door.Send(contact.Update(id.Value, contactId.Value), ct) : body.Problem!;
        return ApiAnswer.From(await MissingFirst(result, id.Value, door, ct));
    }

    /// <summary>What does not exist is not found, whatever else is wrong with the request.</summary>
    private static async Task<Result<T>> MissingFirst<T>(Result<T> result, CustomerId id, ApiDoor door, CancellationToken ct) =>
        result.Problem is { Code: ProblemCode.Validation or ProblemCode.Forbidden } no
            ? (await door.Send(new GetCustomer.Query(id), ct)).Problem is { Code: ProblemCode.NotFound } missing ? missing : no
            : result;
}

/// <summary>A new customer: its fields stand beside <c>custom</c>, the values of fields that admins added by the fields' keys.</summary>
internal sealed record CustomerBody(Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    /// <summary>What is null is as good as not sent: there is nothing to be emptied.</summary>
    public CreateCustomer.Command ToCommand() => new(FieldBodies.Fields<CustomerFields>(FactSubject.Customer, Fields?.Where(IsSent), Custom?.Where(IsSent)));

    private static bool IsSent(KeyValuePair<string, JsonElement> field) => field.Value.ValueKind != JsonValueKind.Null || FactCatalog.BuiltIn.Field(FactSubject.Customer, field.Key) is null;
}

/// <summary>A merge patch: what is not sent stays, null empties. The fields stand beside the version.</summary>
internal sealed record PatchCustomerBody(long? Version, Dictionary<string, JsonElement>? Custom)
{
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Fields { get; init; }

    public CustomerFields ToFields() => FieldBodies.Fields<CustomerFields>(FactSubject.Customer, Fields, Custom);
}

/// <param name="Version">Of the contact, where an existing one is written.</param>
internal sealed record ContactBody(string? Name, string? Email, string? Phone, bool? DecisionMaker, long? Version)
{
    public AddContact.Command Add(CustomerId customer) => new(customer, Name ?? "", Email, Phone, DecisionMaker ?? false);

    public UpdateContact.Command Update(CustomerId customer, ContactId id) =>
        new(customer, id, Version ?? 0, Name ?? "", Email, Phone, DecisionMaker ?? false);
}
