using FluentValidation;
using PipelineCrm.Common;

namespace PipelineCrm.Customers;

/// <summary>Brings an archived customer back; its status is what its deals make it.</summary>
public static class RestoreCustomer
{
    /// <param name="Version">The customer's version that the caller has seen.</param>
    public sealed record Command(CustomerId Id, long Version) : IRequest<CustomerView>
    {
        public static Access Access => Access.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => this.AddVersion(x => x.Version);
    }

    internal sealed class Handler(ArchiveOfCustomers archive) : IHandler<Command, CustomerView>
    {
        public Task<Result<CustomerView>> Handle(Command request, CancellationToken ct) => archive.Put(request.Id, request.Version, archived: false, ct);
    }
}
