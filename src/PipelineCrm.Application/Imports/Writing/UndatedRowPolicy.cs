using System.Globalization;
using Microsoft.EntityFrameworkCore;
using PipelineCrm.Domain;
using PipelineCrm.Localization;
using PipelineCrm.Persistence;
using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Imports;

/// <summary>Judges deals that are opened at the import's instant by the rules in force, as a rep's would be.</summary>
internal sealed class UndatedRowPolicy(CrmDbContext db, ActorLoader actors, TimeProvider time)
{
    private readonly Dictionary<CustomerId, KnownCustomer> _known = [];
    private RuleSet? _rules;

    public async Task Prepare(CancellationToken ct) => _rules = await InForce(ct);

    /// <summary>Reads what the database has of these customers; those that the import makes are not there yet.</summary>
    public async Task Look(IReadOnlyCollection<CustomerId> customers, CancellationToken ct)
    {
        var unread = customers.Where(id => !_known.ContainsKey(id)).ToList();
        if (unread.Count == 0)
        {
            return;
        }

        var found = await db.Customers.AsNoTracking().Where(customer => unread.Contains(customer.Id))
            .Select(customer => new KnownCustomer(
                customer.Id, customer.Type, customer.Email, customer.Phone, customer.Version,
                customer.Contacts.Count, customer.Contacts.Count(contact => contact.DecisionMaker)))
            .ToListAsync(ct);
        found.ForEach(customer => _known[customer.Id] = customer);
    }

    /// <summary>Whether other rules have come into force since, or a customer that was looked at has changed; asked under the locks that keep both as they are.</summary>
    public async Task<bool> Outdated(CancellationToken ct)
    {
        if ((await InForce(ct)).Version != _rules!.Version)
        {
            return true;
        }

        foreach (var looked in _known.Values.Chunk(1000))
        {
            var ids = looked.Select(customer => customer.Id).ToList();
            var versions = await db.Customers.AsNoTracking().Where(customer => ids.Contains(customer.Id)).ToDictionaryAsync(customer => customer.Id, customer => customer.Version, ct);
            if (looked.Any(customer => versions[customer.Id] != customer.Version))
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
        var values = Values(deal).Concat(Values(customer, _known.GetValueOrDefault(deal.Customer))).ToDictionary();
        var facts = new DealFacts(null, null, actors.Current.Organisation.DayOf(now), values);
        var wanted = new RequestedMove(MoveKind.Create, deal.Steps[0].Step.To, new Dictionary<string, Fact>());
        return (_rules!.Version, PurchasePath.Decide(facts, wanted, _rules, actors.Current.Role!.Value, now));
    }

    public static string Reason(Verdict verdict)
    {
        var language = CultureInfo.CurrentUICulture.Name.StartsWith("zh", StringComparison.Ordinal) ? "zh-CN" : "en";
        var messages = verdict.Conditions
            .Where(condition => condition.Mode == RequirementMode.Block && condition.Result != Truth.True)
            .Select(condition => condition.Message.GetValueOrDefault(language) ?? condition.Rule)
            .Distinct();
        return ImportMessages.RefusedByRules(verdict.Conditions.Count == 0 ? verdict.Reason.ToWire() : string.Join(" ", messages));
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
        [FieldKey.Payments] = deal.Fields.Currency is { } code ? Fact.Of(new Money(0, code)) : Fact.Of((decimal?)0),
        [FieldKey.PaymentCount] = Fact.Of((decimal?)0),
    };

    /// <summary>As the customer will be once the import is done: what the files fill in wins over what is there.</summary>
    private static Dictionary<string, Fact> Values(PendingRecord? draft, KnownCustomer? known)
    {
        var type = draft?.Values.GetValueOrDefault(ImportFields.Type) as CustomerType? ?? known?.Type ?? CustomerType.Organisation;
        return new()
        {
            [FieldKey.CustomerType] = Fact.Of(type.ToWire()),
            [FieldKey.CustomerEmail] = Fact.Of(draft?.Get<string>(ImportFields.Email) ?? known?.Email),
            [FieldKey.CustomerPhone] = Fact.Of(draft?.Get<string>(ImportFields.Phone) ?? known?.Phone),
            [FieldKey.Contacts] = Fact.Of((decimal?)(known?.Contacts ?? 0)),
            [FieldKey.DecisionMakers] = Fact.Of((decimal?)(known?.DecisionMakers ?? 0)),
        };
    }

    private sealed record KnownCustomer(CustomerId Id, CustomerType Type, string? Email, string? Phone, long Version, int Contacts, int DecisionMakers);
}
