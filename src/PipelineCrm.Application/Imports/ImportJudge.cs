using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Common;
using PipelineCrm.Domain;
using PipelineCrm.Persistence;
using PipelineCrm.Texts;

namespace PipelineCrm.Imports;

/// <summary>Judges deals that are opened at the import's instant by the rules in force, as a rep's would be.</summary>
internal sealed class ImportJudge(CrmDbContext db, ActorSource actors, TimeProvider time)
{
    private RuleSet? _rules;

    public async Task Prepare(CancellationToken ct) => _rules = await InForce(ct);

    /// <summary>Whether other rules have come into force since; asked under the lock that keeps them as they are.</summary>
    public async Task<bool> Outdated(CancellationToken ct) => (await InForce(ct)).Version != _rules!.Version;

    public (int RuleSet, Verdict Verdict) Judge(PlannedDeal deal)
    {
        var now = time.GetUtcNow();
        var facts = new DealFacts(null, null, actors.Current.Organisation.DayOf(now), Values(deal));
        var wanted = new WantedMove(MoveKind.Create, deal.Steps[0].Step.To, new Dictionary<string, Fact>());
        return (_rules!.Version, PurchasePath.Decide(facts, wanted, _rules, actors.Current.Role!.Value, now));
    }

    public static string Reason(Verdict verdict)
    {
        var language = CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? "zh-CN" : "en";
        var messages = verdict.Conditions
            .Where(condition => condition.Mode == RequirementMode.Block && condition.Result != Truth.True)
            .Select(condition => condition.Message.GetValueOrDefault(language) ?? condition.Rule)
            .Distinct();
        return ImportText.RefusedByRules(verdict.Conditions.Count == 0 ? verdict.Reason.ToWire() : string.Join(" ", messages));
    }

    private async Task<RuleSet> InForce(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var version = await db.RuleSets.AsNoTracking().Where(rules => rules.InForceFrom <= now).OrderByDescending(rules => rules.InForceFrom).ThenByDescending(rules => rules.Version).FirstAsync(ct);
        return RuleSetJson.Read(version.Content, version.Version);
    }

    private static Dictionary<string, Fact> Values(PlannedDeal deal) => new()
    {
        [FieldKey.Title] = Fact.Of(deal.Title),
        [FieldKey.Amount] = deal.Fields is { Amount: { } amount, Currency: { } currency } ? Fact.Of(new Money(amount, currency)) : Fact.Empty,
        [FieldKey.Currency] = Fact.Of(deal.Fields.Currency),
        [FieldKey.ExpectedClose] = Fact.Of(deal.Fields.ExpectedClose),
        [FieldKey.Source] = Fact.Of(deal.Source),
        [FieldKey.OwnerId] = Fact.Of(deal.Owner.ToString()),
        [FieldKey.Cycle] = Fact.Of((decimal?)1),
        [FieldKey.Quotes] = Fact.Of((decimal?)0),
        [FieldKey.MaxDiscount] = Fact.Empty,
        [FieldKey.Payments] = deal.Fields.Currency is { } code ? Fact.Of(new Money(0, code)) : Fact.Empty,
        [FieldKey.PaymentCount] = Fact.Of((decimal?)0),
    };
}
