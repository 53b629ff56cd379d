using PipelineCrm.Domain;
using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>A field that a mapping may fill.</summary>
/// <param name="MaxLength">Of texts.</param>
/// <param name="Fact">What it is of a deal or customer; null for what the catalogue does not know.</param>
internal sealed record ImportField(string Name, ValueType Type, bool Required = false, int MaxLength = 0, FactDefinition? Fact = null);

/// <summary>What can be filled, per kind of record, for reading and checking mappings; of deals and customers the catalogue says
/// it.</summary>
internal static class ImportFields
{
    public const string Name = "name";
    public const string Parent = "parent";
    public const string Role = "role";
    public const string Email = "email";
    public const string Team = "team";
    public const string Price = "price";
    public const string Currency = "currency";
    public const string Customer = "customer";
    public const string Product = "product";

    /// <summary>Those of the built-in facts.</summary>
    public static readonly IReadOnlyDictionary<RecordKind, IReadOnlyList<ImportField>> Of = In(FactCatalog.BuiltIn);

    public static IReadOnlyDictionary<RecordKind, IReadOnlyList<ImportField>> In(
        FactCatalog catalog) => new Dictionary<RecordKind, IReadOnlyList<ImportField>>
        {
            [RecordKind.Team] =
        [
            new(Name, ValueType.Text, Required: true, Persistence.Entities.Team.NameLength),
            new(Parent, ValueType.Team),
        ],
            [RecordKind.User] =
        [
            new(Name, ValueType.Text, Required: true, User.DisplayNameLength),
            new(Role, ValueType.Role),
            new(Email, ValueType.Email, MaxLength: Persistence.Entities.Customer.EmailLength),
            new(Team, ValueType.Team),
        ],
            [RecordKind.Product] =
        [
            new(Name, ValueType.Text, Required: true, Persistence.Entities.Product.NameLength),
            new(Price, ValueType.Amount),
            new(Currency, ValueType.Currency),
        ],
            [RecordKind.Customer] = [.. Facts(catalog.OfCustomer)],
            [RecordKind.Deal] = [.. Facts(catalog.OfDeal), new(Customer, ValueType.Customer), new(Product, ValueType.Product)],
        };

    /// <summary>Whether a step may set it besides: what becomes known on the way, not what the deal is.</summary>
    public static bool IsOfStep(ImportField field) => field.Fact is { } fact
        && (fact.Custom is not null || fact.Type is FactType.Money or FactType.Number or FactType.Date
            || fact.Choices?.Kind == ChoiceKind.Currencies);

    private static IEnumerable<ImportField> Facts(IEnumerable<FactDefinition> facts) => facts.Where(fact => fact.Import is not null)
        .Select(fact => new ImportField(fact.Import!, TypeOf(fact), fact.Required && fact.Default.IsEmpty, fact.MaxLength, fact));

    private static ValueType TypeOf(FactDefinition fact) => fact.Type switch
    {
        FactType.Text => fact.Form switch
        {
            TextForm.Email => ValueType.Email,
            TextForm.Phone => ValueType.Phone,
            TextForm.Free => ValueType.Text
        },
        FactType.Money => fact.CurrencyKey is null ? ValueType.Money : ValueType.Amount,
        FactType.Number or FactType.Count => ValueType.Number,
        FactType.Date => ValueType.Date,
        FactType.User => ValueType.User,
        FactType.Flag => ValueType.Flag,
        FactType.Choices => ValueType.Many,
        FactType.Choice => fact.Choices switch
        {
            { Kind: ChoiceKind.Currencies } => ValueType.Currency,
            { CodeKind: Code.SourceOfDeal } => ValueType.Source,
            { CodeKind: Code.Loss } => ValueType.LossReason,
            _ => ValueType.Listed,
        },
    };
}
