using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Api;

/// <summary>The application's door for the user whose token the request bears.</summary>
internal sealed class ApiDoor(Door door, IHttpContextAccessor http)
{
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken ct) => door.Send(request, Caller, http.HttpContext?.OperationId(), ct);

    private Caller Caller => http.HttpContext is { } request ? Callers.Of(request, Channel.Api) : Caller.Anonymous;
}
