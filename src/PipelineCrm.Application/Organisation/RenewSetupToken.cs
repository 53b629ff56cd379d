using Microsoft.EntityFrameworkCore;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Organisation;

/// <summary>
/// Makes the setup token that the console shows at start; those of the last few starts stay good, because their copies may still run.
/// While the demo's one click signs in, the token lets in by it from elsewhere than the machine itself.
/// </summary>
public static class RenewSetupToken
{
    public sealed record Command : IRequest<Answer>
    {
        public static AccessLevel Access => AccessLevel.Admin;
    }

    /// <param name="Token">Null where PipelineCrm is set up and needs none.</param>
    /// <param name="ForDemo">Whether it is set up, with the demo, and the token opens that.</param>
    public sealed record Answer(string? Token, bool ForDemo = false) : ISecretResponse;

    internal sealed class Handler(CrmDbContext db) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            var settings = await db.Settings.SingleAsync(ct);
            if (settings is { SetUpAt: not null } and not { Demo: true, DemoSignIn: true })
            {
                return new Answer(null);
            }

            var token = SetupToken.New();
            settings.SetupTokenHash = SetupToken.With(token, settings.SetupTokenHash);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new Answer(token, settings.SetUpAt is not null);
        }
    }
}
