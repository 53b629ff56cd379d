using System.Collections.Frozen;

namespace PipelineCrm.Domain;

/// <summary>All facts there are at a moment: the built-in ones and the fields that admins added, retired ones included.</summary>
public sealed class FactCatalog
{
    public static readonly FactCatalog BuiltIn = new(BuiltInFacts.All);

    private readonly FrozenDictionary<string, FactDefinition> _byKey;
    private readonly FrozenDictionary<(FactSubject, string), FactDefinition> _byField;
    private readonly IReadOnlyList<FactDefinition> _builtIn;

    public FactCatalog(IReadOnlyList<FactDefinition> builtIn, IReadOnlyList<CustomField>? fields = null)
    {
        _builtIn = builtIn;
        Fields = fields ?? [];
        All = [.. builtIn,
            .. Fields.OrderBy(field => field.Position).ThenBy(field => field.Key, StringComparer.Ordinal).Select(field => field.ToFact())];
        _byKey = All.ToFrozenDictionary(fact => fact.Key);
        _byField = All.Where(fact => fact.IsContent).ToFrozenDictionary(fact => (fact.Subject, fact.Field));
        OfDeal = ContentOf(FactSubject.Deal);
        OfCustomer = ContentOf(FactSubject.Customer);
        InRules = [.. All.Where(fact => !fact.Retired)];
        DealColumns = [.. OfDeal.Where(fact => fact.Column is not null)];
        CustomerColumns = [.. OfCustomer.Where(fact => fact.Column is not null)];
        DerivedOfDeal = DerivedOf(FactSubject.Deal);
        DerivedOfCustomer = DerivedOf(FactSubject.Customer);
        CustomerFacts = [.. CustomerColumns, .. DerivedOfCustomer];
    }

    /// <summary>In the order of their declaration, custom fields last, by their position.</summary>
    public IReadOnlyList<FactDefinition> All { get; }

    public IReadOnlyList<CustomField> Fields { get; }

    /// <summary>What a deal holds: what people write of it.</summary>
    public IReadOnlyList<FactDefinition> OfDeal { get; }

    public IReadOnlyList<FactDefinition> OfCustomer { get; }

    /// <summary>What of that has a column of its own.</summary>
    public IReadOnlyList<FactDefinition> DealColumns { get; }

    public IReadOnlyList<FactDefinition> CustomerColumns { get; }

    /// <summary>What of a deal is neither written nor brought by a request: it is counted, or follows from something else.</summary>
    public IReadOnlyList<FactDefinition> DerivedOfDeal { get; }

    public IReadOnlyList<FactDefinition> DerivedOfCustomer { get; }

    /// <summary>Everything of a customer but the custom fields, which stand together in one column.</summary>
    public IReadOnlyList<FactDefinition> CustomerFacts { get; }

    /// <summary>What conditions may ask about.</summary>
    public IReadOnlyList<FactDefinition> InRules { get; }

    /// <summary>The same built-in facts with these fields.</summary>
    public FactCatalog With(IReadOnlyList<CustomField> fields) => new(_builtIn, fields);

    public FactDefinition? Find(string? key) => key is null ? null : _byKey.GetValueOrDefault(key);

    /// <summary>Whether a move of this kind can bring the fact along.</summary>
    public bool CanBring(MoveKind kind, string? key) => Find(key) is { } fact && fact.CanBring(kind);

    /// <summary>The facts that one may ask about a subject: of a deal those of its customer too, of a customer no deal's.</summary>
    public IEnumerable<FactDefinition> About(FactSubject subject) =>
        All.Where(fact => subject == FactSubject.Deal || fact.Subject == FactSubject.Customer);

    /// <summary>What people write of a subject, by its name among the subject's fields.</summary>
    public FactDefinition? Field(FactSubject subject, string field) => _byField.GetValueOrDefault((subject, field));

    /// <summary>All that people write of a subject.</summary>
    public IReadOnlyList<FactDefinition> Content(FactSubject subject) => subject == FactSubject.Deal ? OfDeal : OfCustomer;

    /// <summary>The fact that a subject's history keeps under this name.</summary>
    public FactDefinition? InHistory(FactSubject subject,
        string field) => All.FirstOrDefault(fact => fact.Subject == subject && fact.InHistory && fact.Field == field);

    private List<FactDefinition> DerivedOf(FactSubject subject) =>
        [.. All.Where(fact => fact.Subject == subject && !fact.IsContent && fact.Sql.Length > 0)];

    private List<FactDefinition> ContentOf(FactSubject subject) => [.. All.Where(fact => fact.Subject == subject && fact.IsContent)];
}
