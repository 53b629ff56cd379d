using FluentValidation;

namespace PipelineCrm.Customers;

/// <summary>Brings an archived customer back; its status is what its deals make it.</summary>
public static class RestoreCustomer
{
    /// <param name="Version">The customer's version that the caller has seen.</param>
    public sealed record Command(CustomerId Id, long Version) : IRequest<CustomerView>
    {
        public static AccessLevel Access => AccessLevel.Writer;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => this.AddVersion(x => x.Version);
    }

    internal sealed class Handler(CustomerArchiver archiver) : IHandler<Command, CustomerView>
    {
        public Task<Result<CustomerView>> Handle(Command request,
            CancellationToken ct) => archiver.SetArchived(request.Id, request.Version, archived: false, ct);
    }
}
