using PipelineCrm.Catalog;
using PipelineCrm.Common;

namespace PipelineCrm.Web.Api;

/// <summary>Products and the words that people choose from (docs/api.md).</summary>
internal static class CatalogApi
{
    public static void MapCatalog(this RouteGroupBuilder api)
    {
        api.MapGet("/products", Products).Produces<ApiList<ProductView>>();
        api.MapPost("/products", Create).Produces<ProductView>(StatusCodes.Status201Created);
        api.MapPut("/products/{id}", Write).Produces<ProductView>();
        api.MapGet("/codes", Codes).Produces<Codes>();
    }

    private static async Task<IResult> Products(string? search, [AsParameters] PageArgs page, ApiDoor door, CancellationToken ct) =>
        ApiAnswer.List(await door.Send(new ListProducts.Query(page.Request, search), ct));

    private static async Task<IResult> Create(Body<ProductBody> body, HttpContext http, ApiDoor door, CancellationToken ct) =>
        body.Value is { } product
            ? ApiAnswer.Created(http, await door.Send(product.Command(null), ct), _ => "products")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Write(Arg<ProductId> id, Body<ProductBody> body, ApiDoor door, CancellationToken ct) =>
        body.Value is { } product
            ? ApiAnswer.From(await door.Send(product.Command(id.Value), ct))
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Codes(ApiDoor door, CancellationToken ct) =>
        ApiAnswer.From(await door.Send(new ListCodes.Query(), ct));
}

/// <param name="Version">Where an existing product is written.</param>
internal sealed record ProductBody(string? Name, decimal? Price, string? Currency, bool? Active, long? Version)
{
    public SaveProduct.Command Command(ProductId? id) => new(id, Version ?? 0, Name ?? "", Price, Currency, Active ?? true);
}
