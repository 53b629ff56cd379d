using PipelineCrm.Domain;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Web.Api;

/// <summary>Sends use cases for the user whose token the request bears.</summary>
internal sealed class ApiSender(UseCaseSender sender, IHttpContextAccessor http)
{
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request,
        CancellationToken ct) => sender.Send(request, Caller, http.HttpContext?.OperationId(), ct);

    private Caller Caller => http.HttpContext is { } request ? CallerFactory.Of(request, Channel.Api) : Caller.Anonymous;
}
