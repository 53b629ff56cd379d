using FluentValidation;

namespace PipelineCrm.Deals;

/// <summary>Takes a deal out of board, lists, its customer's status and counts, from now on; who may move it may, and may restore
/// it.</summary>
public static class ArchiveDeal
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
            CancellationToken ct) => archiver.SetArchived(request.Id, request.Version, archived: true, ct);
    }
}
