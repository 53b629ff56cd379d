using FluentValidation;

namespace PipelineCrm.Customers;

/// <summary>
/// Takes a customer out of lists, pickers and counts, from now on; restorable. Whoever edits customers may. A customer with open deals
/// cannot be archived, whosever they are: each is completed, lost or archived first by who may move it, so that nobody's deal leaves the
/// board by somebody else's hand. Its closed deals stay in the numbers, for they happened, but do not move until it is restored.
/// </summary>
public static class ArchiveCustomer
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
            CancellationToken ct) => archiver.SetArchived(request.Id, request.Version, archived: true, ct);
    }
}
