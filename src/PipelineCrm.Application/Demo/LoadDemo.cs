using Microsoft.EntityFrameworkCore;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Demo;

/// <summary>
/// Fills an empty PipelineCrm with eighteen months of invented work, done through the real use cases at instants of the past:
/// all of it or, where it is cut short, nothing.
/// </summary>
public static class LoadDemo
{
    private const int DefaultSeed = 20;

    /// <param name="Seed">The same seed on the same day gives the same data.</param>
    /// <param name="Progress">Told, from time to time, how much is done: 0 to 1.</param>
    public sealed record Command(int Seed = DefaultSeed, IProgress<double>? Progress = null) : IRequest<Answer>
    {
        /// <summary>Before the set-up there is nobody who could be asked for; afterwards only an admin may.</summary>
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="Refused">Moves that the rules did not accept, as in everyday work.</param>
    public sealed record Answer(int Users, int Customers, int Deals, int Moves, int Refused);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, DemoWriter player, TimeProvider time) : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            if (await Refusal(ct) is { } refusal)
            {
                return refusal;
            }

            var plan = DemoPlanner.Make(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), request.Seed);
            var answer = await player.Write(plan, request.Progress, ct);
            await Finish(ct);
            await transaction.CommitAsync(ct);
            return answer;
        }

        private async Task<Problem?> Refusal(CancellationToken ct)
        {
            if (await db.Settings.AnyAsync(settings => settings.SetUpAt != null, ct) && !actors.Current.Has(AccessLevel.Admin))
            {
                return new Problem(ProblemCode.Forbidden, DemoMessages.SetUpAlready);
            }

            return await db.Customers.AnyAsync(ct) || await db.Deals.AnyAsync(ct) ? new Problem(ProblemCode.Conflict, DemoMessages.InUse) : null;
        }

        private async Task Finish(CancellationToken ct)
        {
            var settings = await db.Settings.SingleAsync(ct);
            settings.Demo = true;
            if (settings.OrganisationName.Length == 0)
            {
                settings.OrganisationName = DemoMessages.OrganisationName;
            }

            if (settings.SetUpAt is null)
            {
                settings.SetUp(time.GetUtcNow());
            }

            await db.SaveChangesAsync(ct);
        }
    }
}
