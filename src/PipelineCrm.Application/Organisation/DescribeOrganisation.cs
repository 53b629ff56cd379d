using Microsoft.EntityFrameworkCore;
using PipelineCrm.CustomFields;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Entities;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Organisation;

/// <summary>What every page needs to know of the organisation: name, time zone, currency, how the stages are called.</summary>
public static class DescribeOrganisation
{
    public sealed record Query : IRequest<OrganisationView>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(CrmDbContext db, ActorLoader actors, UseCasePipeline pipeline) : IHandler<Query, OrganisationView>
    {
        public async Task<Result<OrganisationView>> Handle(Query request, CancellationToken ct)
        {
            var stages = await db.StageSettings.AsNoTracking().OrderBy(stage => stage.Stage).ToListAsync(ct);
            var settings = await db.Settings.AsNoTracking().SingleAsync(ct);
            return new OrganisationView(settings.OrganisationName, settings.TimeZone, settings.BaseCurrency, [.. stages.Select(View)],
                await Currencies(ct))
            {
                Facts = (await pipeline.Send(new ListFacts.Query(WithUnused: true), ct)).Value ?? [],
            };
        }

        /// <summary>Read off the board's sums, so that no deal is counted for it.</summary>
        private async Task<IReadOnlyList<string>> Currencies(CancellationToken ct)
        {
            var currencies = new List<string>();
            await new SqlBatch(db.Connection).Query(
                $"""
                select s.currency from {BoardTotals.AllKept} s
                where s.currency <> '' and ($1 is null or s.owner_id = any($1))
                group by s.currency having sum(s.deals) > 0
                order by sum(s.deals) desc, s.currency
                """,
                row => currencies.Add(row.GetString(0)),
                SqlBatch.OrNull(actors.Current.Sees.Ids)).Run(ct);
            return currencies;
        }

        private static StageView View(StageSetting stage) =>
            new(stage.Stage, Texts(stage.NameEn, stage.NameZh), Texts(stage.GuidanceEn, stage.GuidanceZh), stage.Probability);

        private static Dictionary<string, string> Texts(string english, string chinese) => new() { ["en"] = english, ["zh-CN"] = chinese };
    }
}

/// <param name="TimeZone">IANA name; days and periods are counted in it.</param>
/// <param name="Currencies">Those that deals which the reader may see have amounts in, the most frequent first.</param>
public sealed record OrganisationView(string Name, string TimeZone, string BaseCurrency, IReadOnlyList<StageView> Stages,
    IReadOnlyList<string> Currencies)
{
    /// <summary>What may be known of deals and customers: names, types, choices.</summary>
    public IReadOnlyList<FactView> Facts { get; init; } = [];
}

/// <summary>A stage as the admin named it; texts per language (<c>en</c>, <c>zh-CN</c>).</summary>
/// <param name="Probability">Percent.</param>
public sealed record StageView(Stage Stage, IReadOnlyDictionary<string, string> Name, IReadOnlyDictionary<string, string> Guidance,
    decimal Probability);
