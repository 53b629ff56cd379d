using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;
using PipelineCrm.Persistence.Catalogue;
using PipelineCrm.Persistence.Sql;

namespace PipelineCrm.Imports;

/// <summary>Judges deals that are opened at the import's instant by the rules in force: moves like any other, made by the admin who
/// imports.</summary>
internal sealed class UndatedRowPolicy(CrmDbContext db, ActorLoader actors, CurrentFactCatalog facts, TimeProvider time)
{
    private readonly Dictionary<CustomerId, KnownCustomer> _known = [];
    private RuleSet? _rules;
    private FactCatalog? _catalog;
    private FactCatalogVersion _edition;

    public async Task Prepare(CancellationToken ct) =>
        (_rules, _catalog, _edition) = (await InForce(ct), await facts.Load(ct), actors.Current.Facts);

    /// <summary>Reads what the database has of these customers; those that the import makes are not there yet.</summary>
    public async Task Look(IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        var unread = customers.Where(id => !_known.ContainsKey(id)).ToList();
        if (unread.Count == 0)
        {
            return;
        }

        await new SqlBatch(db.Connection).Query(
            $"select c.id, c.version, c.custom::text{FactColumns.Select(_catalog!.CustomerFacts, AsOfParameters.Tokens(2))} from customers c where c.id = any($1)",
            Put,
            [unread.ConvertAll(id => id.Value).ToArray(), .. AsOfParameters.Values(actors.Current, null)]).Run(ct);
    }

    /// <summary>Whether other rules have come into force since, a field was added or retired, or a customer that was looked at has changed;
    /// asked under the locks that keep all three as they are.</summary>
    public async Task<bool> Outdated(CancellationToken ct)
    {
        if ((await InForce(ct)).Version != _rules!.Version || actors.Current.Facts != _edition)
        {
            return true;
        }

        foreach (var looked in _known.Chunk(1000))
        {
            var ids = looked.Select(customer => customer.Key).ToList();
            var versions = await db.Customers.AsNoTracking().Where(customer => ids.Contains(customer.Id))
                .ToDictionaryAsync(customer => customer.Id, customer => customer.Version, ct);
            if (looked.Any(customer => versions[customer.Key] != customer.Value.Version))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="customer">What the files say of the deal's customer.</param>
    public (int RuleSet, Verdict Verdict) Judge(PlannedDeal deal, PendingRecord? customer)
    {
        var now = time.GetUtcNow();
        var target = deal.Steps[0].Step.To;
        var opening = new CreationContext(deal.Content, 1, target.AsStage()!.Value, actors.Current.Organisation.DayOf(now));
        var judged = FactBuilder.OfOpening(opening, Customer(customer, _known.GetValueOrDefault(deal.Customer), opening), null, _catalog!);
        var wanted = new RequestedMove(MoveKind.Create, target, new Dictionary<string, Fact>());
        return (_rules!.Version, PurchasePath.Decide(judged, wanted, _rules, actors.Current.Role!.Value, now));
    }

    public static string Reason(Verdict verdict)
    {
        var language = CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? "zh-CN" : "en";
        var messages = verdict.Stopping
            .Select(condition => condition.Message.GetValueOrDefault(language) ?? condition.Rule)
            .Distinct();
        return ImportMessages.RefusedByRules(verdict.Conditions.Count == 0 ? verdict.Reason.ToWire() : string.Join(" ", messages));
    }

    private async Task<RuleSet> InForce(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var version = await db.RuleSets.AsNoTracking().Where(rules => rules.InForceFrom <= now)
            .OrderByDescending(rules => rules.InForceFrom).ThenByDescending(rules => rules.Version).FirstAsync(ct);
        return RuleSetJson.Read(version.Content, version.Version);
    }

    /// <summary>As the customer will be once the import is done: what the files fill in wins over what is there.</summary>
    private Dictionary<string, Fact> Customer(PendingRecord? draft, KnownCustomer? known, CreationContext opening)
    {
        var content = draft?.Content ?? FactValues.None;
        var first = FactValues.Of(_catalog!.OfCustomer.Select(fact => KeyValuePair.Create(fact.Key, fact.Default))).With(content);
        var customer = new Dictionary<string, Fact>(known?.Facts ?? FactBuilder.OfNewCustomer(opening with { Content = first }, _catalog));
        foreach (var (key, value) in content)
        {
            customer[key] = value;
        }

        if (draft is { Placeholder: true })
        {
            // Who stands in for customers that a file does not name has no status.
            customer[FieldKey.CustomerStatus] = Fact.Empty;
        }

        return customer;
    }

    private void Put(NpgsqlDataReader row)
    {
        var custom = FactColumns.Custom(row.GetString(2), _catalog!, FactSubject.Customer);
        _known[new CustomerId(row.GetGuid(0))] = new KnownCustomer(
            row.GetInt64(1), FactBuilder.OfCustomer(FactColumns.Read(row, 3, _catalog!.CustomerFacts), custom, _catalog));
    }

    private sealed record KnownCustomer(long Version, IReadOnlyDictionary<string, Fact> Facts);
}
