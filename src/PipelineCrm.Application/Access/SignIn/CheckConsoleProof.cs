using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;

namespace PipelineCrm.Access;

/// <summary>Whether somebody may load the demo, before the long work of it is begun.</summary>
public static class CheckConsoleProof
{
    public sealed record Query(ConsoleProof Proof) : IRequest<Unit>
    {
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    internal sealed class Handler(CrmDbContext db, ConsoleProofVerifier proofs) : IHandler<Query, Unit>
    {
        public async Task<Result<Unit>> Handle(Query request, CancellationToken ct) =>
            proofs.Refuse(request.Proof, await db.Settings.AsNoTracking().SingleAsync(ct)) is { } refused ? refused : Unit.Value;
    }
}
