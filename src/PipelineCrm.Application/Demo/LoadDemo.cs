using Microsoft.EntityFrameworkCore;
using PipelineCrm.Access;
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
    /// <param name="Proof">Of somebody who is nobody yet: that they are at the machine or have read its console.</param>
    /// <param name="Language">What people, products and deals are called in: <c>zh-CN</c>, else English.</param>
    /// <param name="TimeZone">The organisation's, where it has not chosen one yet; null or unknown: as it is.</param>
    public sealed record Command(
        int Seed = DefaultSeed, IProgress<double>? Progress = null, ConsoleProof? Proof = null, string? Language = null,
        string? TimeZone = null)
        : IRequest<Answer>
    {
        /// <summary>Before the set-up there is nobody who could be asked for, so the proof is; afterwards only an admin may.</summary>
        public static AccessLevel Access => AccessLevel.Anyone;
    }

    /// <param name="Refused">Moves that the rules did not accept, as in everyday work.</param>
    public sealed record Answer(int Users, int Customers, int Deals, int Moves, int Refused);

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, DemoWriter player, UseCasePipeline pipeline, TimeProvider time)
        : IHandler<Command, Answer>
    {
        public async Task<Result<Answer>> Handle(Command request, CancellationToken ct)
        {
            db.Database.AutoSavepointsEnabled = false;
            await using var transaction = await db.BeginExclusive(AdvisoryLocks.Rights, ct);
            await db.AllowLongRunning(ct);
            if (await Refusal(request.Proof, ct) is { } refusal)
            {
                return refusal;
            }

            var token = await db.Settings.Select(settings => settings.SetupTokenHash).SingleAsync(ct);
            var plan = DemoPlanner.Make(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), request.Seed, request.Language == "zh-CN");
            await Begin(plan, request.TimeZone, ct);
            var answer = await player.Write(plan, request.Progress, ct);
            await Finish(token, ct);
            await transaction.CommitAsync(ct);
            return answer;
        }

        private async Task<Problem?> Refusal(ConsoleProof? proof, CancellationToken ct)
        {
            if (await db.Settings.AnyAsync(settings => settings.SetUpAt != null, ct) && !actors.Current.Has(AccessLevel.Admin))
            {
                return new Problem(ProblemCode.Forbidden, DemoMessages.SetUpAlready);
            }

            if (!actors.Current.Has(AccessLevel.Admin)
                && (await pipeline.Send(new CheckConsoleProof.Query(proof ?? new ConsoleProof(AtTheMachine: false, null)),
                    ct)).Problem is { } refused)
            {
                return refused;
            }

            return await db.Customers.AnyAsync(ct) || await db.Deals.AnyAsync(ct) ? new Problem(ProblemCode.Conflict, DemoMessages.InUse)
                : null;
        }

        /// <summary>An organisation that nobody has described yet lives where its first visitor does, and counts in the demo's
        /// money.</summary>
        private async Task Begin(DemoPlan plan, string? timeZone, CancellationToken ct)
        {
            var settings = await db.Settings.SingleAsync(ct);
            if (settings.SetUpAt is null)
            {
                settings.BaseCurrency = plan.Goods.Currency;
                settings.TimeZone = timeZone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _) ? timeZone
                    : settings.TimeZone;
                await db.SaveChangesAsync(ct);
                db.ChangeTracker.Clear();
            }
        }

        /// <param name="token">The setup token stays, for the sign-in by one click from elsewhere; it sets nothing up any more.</param>
        private async Task Finish(byte[]? token, CancellationToken ct)
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

            settings.SetupTokenHash = token;

            await db.SaveChangesAsync(ct);
        }
    }
}
