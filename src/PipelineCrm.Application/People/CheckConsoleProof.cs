using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.People;

/// <summary>Whether somebody may load the demo, before the long work of it is begun.</summary>
public static class CheckConsoleProof
{
    public sealed record Query(ConsoleProof Proof) : IRequest<Done>
    {
        public static Access Access => Access.Anyone;
    }

    internal sealed class Handler(CrmDbContext db, ConsoleProofs proofs) : IHandler<Query, Done>
    {
        public async Task<Result<Done>> Handle(Query request, CancellationToken ct) =>
            proofs.Refuse(request.Proof, await db.Settings.AsNoTracking().SingleAsync(ct)) is { } refused ? refused : Done.It;
    }
}
