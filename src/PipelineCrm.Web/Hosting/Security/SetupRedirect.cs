using Microsoft.AspNetCore.Components.Endpoints;
using PipelineCrm.Organisation;

namespace PipelineCrm.Web.Hosting;

/// <summary>While there is nobody to sign in as, every page leads to the set-up.</summary>
internal sealed class SetupRedirect(UseCaseSender sender)
{
    public const string Path = "/setup";

    private volatile bool _done;

    public async Task Redirect(HttpContext http, RequestDelegate next)
    {
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if (!_done && isPage && !http.Request.Path.StartsWithSegments(Path) && await IsMissing(http.RequestAborted))
        {
            http.Response.Redirect(Path);
            return;
        }

        await next(http);
    }

    private async Task<bool> IsMissing(CancellationToken ct)
    {
        var setup = await sender.Send(new GetSetupState.Query(), Caller.Anonymous, ct);
        _done = setup is { Ok: true, Value.IsSetUp: true };
        return setup is { Ok: true, Value.IsSetUp: false };
    }
}
