using PipelineCrm.Organisation;
using PipelineCrm.Products;

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

    private static async Task<IResult> Products(string? search, [AsParameters] PageArgs page, ApiSender sender, CancellationToken ct) =>
        ApiAnswer.List(await sender.Send(new ListProducts.Query(page.Request, search), ct));

    private static async Task<IResult> Create(Body<ProductBody> body, HttpContext http, ApiSender sender, CancellationToken ct) =>
        body.Value is { } product
            ? ApiAnswer.Created(http, await sender.Send(product.Command(null), ct), _ => "products")
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Write(Arg<ProductId> id, Body<ProductBody> body, ApiSender sender, CancellationToken ct) =>
        body.Value is { } product
            ? ApiAnswer.From(await sender.Send(product.Command(id.Value), ct))
            : ApiProblem.Result(body.Problem!);

    private static async Task<IResult> Codes(ApiSender sender, CancellationToken ct) =>
        ApiAnswer.From(await sender.Send(new ListCodes.Query(), ct));
}
