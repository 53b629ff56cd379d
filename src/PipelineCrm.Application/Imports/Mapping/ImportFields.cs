using PipelineCrm.Persistence.Entities;

namespace PipelineCrm.Imports;

/// <summary>A field that a mapping may fill.</summary>
/// <param name="MaxLength">Of texts.</param>
internal sealed record ImportField(string Name, ValueType Type, bool Required = false, int MaxLength = 0);

/// <summary>What can be filled, per kind of record: one table for reading, checking mappings, the schema and its test.</summary>
internal static class ImportFields
{
    public const string Name = "name";
    public const string Parent = "parent";
    public const string Role = "role";
    public const string Email = "email";
    public const string Team = "team";
    public const string Price = "price";
    public const string Currency = "currency";
    public const string Type = "type";
    public const string Phone = "phone";
    public const string Source = "source";
    public const string Sector = "sector";
    public const string Country = "country";
    public const string Title = "title";
    public const string Customer = "customer";
    public const string Owner = "owner";
    public const string Product = "product";
    public const string Amount = "amount";
    public const string ExpectedClose = "expectedClose";

    public static readonly IReadOnlyDictionary<RecordKind, IReadOnlyList<ImportField>> Of = new Dictionary<RecordKind, IReadOnlyList<ImportField>>
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
        [RecordKind.Customer] =
        [
            new(Name, ValueType.Text, Required: true, Persistence.Entities.Customer.NameLength),
            new(Type, ValueType.CustomerType),
            new(Email, ValueType.Email, MaxLength: Persistence.Entities.Customer.EmailLength),
            new(Phone, ValueType.Text, MaxLength: Persistence.Entities.Customer.PhoneLength),
            new(Source, ValueType.Source),
            new(Sector, ValueType.Text, MaxLength: Persistence.Entities.Customer.SectorLength),
            new(Country, ValueType.Text, MaxLength: Persistence.Entities.Customer.CountryLength),
        ],
        [RecordKind.Deal] =
        [
            new(Title, ValueType.Text, Required: true, Deal.TitleLength),
            new(Customer, ValueType.Customer),
            new(Owner, ValueType.User, Required: true),
            new(Product, ValueType.Product),
            new(Amount, ValueType.Amount),
            new(Currency, ValueType.Currency),
            new(ExpectedClose, ValueType.Date),
            new(Source, ValueType.Source),
        ],
    };

    /// <summary>What a step may set besides.</summary>
    public static readonly IReadOnlySet<string> OfStep = new HashSet<string> { Amount, Currency, ExpectedClose };

    public static ImportField Find(RecordKind kind, string name) => Of[kind].Single(field => field.Name == name);
}
