using System.Security.Claims;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Api;

/// <summary>Sends use cases for the user whose token the request bears.</summary>
internal sealed class ApiSender(UseCaseSender sender, IHttpContextAccessor http)
{
    public Task<Result<TAnswer>> Send<TAnswer>(IRequest<TAnswer> request, CancellationToken ct) => sender.Send(request, Caller, ct);

    private Caller Caller =>
        Guid.TryParse(http.HttpContext?.User.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            ? new Caller(new UserId(id), Channel.Api)
            : Caller.Anonymous;
}
