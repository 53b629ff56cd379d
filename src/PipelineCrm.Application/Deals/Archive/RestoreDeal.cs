using FluentValidation;

namespace PipelineCrm.Deals;

/// <summary>Brings an archived deal back as it was, where its customer is not archived itself.</summary>
public static class RestoreDeal
{
    /// <param name="Version">The deal's version that the caller has seen.</param>
    public sealed record Command(DealId Id, long Version) : IRequest<DealView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => this.AddVersion(x => x.Version);
    }

    internal sealed class Handler(DealArchiver archiver) : IHandler<Command, DealView>
    {
        public Task<Result<DealView>> Handle(Command request,
            CancellationToken ct) => archiver.SetArchived(request.Id, request.Version, archived: false, ct);
    }
}
