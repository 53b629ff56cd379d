namespace PipelineCrm.Domain;

/// <summary>All fields that conditions may ask about. A number may be compared with any other number, else only with the same type.</summary>
public static class FieldCatalog
{
    private static readonly string[] TextOperators =
        [Operator.Is, Operator.IsNot, Operator.Contains, Operator.StartsWith, Operator.Empty, Operator.Filled, Operator.Matches];

    private static readonly string[] NumberOperators =
        [Operator.Eq, Operator.Ne, Operator.Gt, Operator.Gte, Operator.Lt, Operator.Lte, Operator.Between, Operator.Empty, Operator.Filled];

    private static readonly string[] DateOperators =
        [Operator.Before, Operator.After, Operator.WithinLast, Operator.WithinNext, Operator.Empty, Operator.Filled];

    private static readonly string[] ChoiceOperators = [Operator.Is, Operator.IsNot, Operator.AnyOf, Operator.Empty, Operator.Filled];

    private static readonly string[] FlagOperators = [Operator.Is];

    public static readonly IReadOnlyList<FieldDefinition> All =
    [
        Of(FieldKey.Title, FieldType.Text),
        Of(FieldKey.Amount, FieldType.Money),
        Of(FieldKey.Currency, FieldType.Choice),
        Of(FieldKey.ExpectedClose, FieldType.Date),
        Of(FieldKey.Source, FieldType.Choice),
        Of(FieldKey.OwnerId, FieldType.Choice),
        Of(FieldKey.Cycle, FieldType.Count),
        Of(FieldKey.DaysInStage, FieldType.Number),
        Of(FieldKey.Quotes, FieldType.Count),
        Of(FieldKey.MaxDiscount, FieldType.Number),
        Of(FieldKey.Payments, FieldType.Money),
        Of(FieldKey.PaymentCount, FieldType.Count),
        Of(FieldKey.Contacts, FieldType.Count),
        Of(FieldKey.DecisionMakers, FieldType.Count),
        Of(FieldKey.CustomerType, FieldType.Choice, [CustomerType.Person.ToWire(), CustomerType.Organisation.ToWire()]),
        Of(FieldKey.CustomerEmail, FieldType.Text),
        Of(FieldKey.CustomerPhone, FieldType.Text),
        Of(FieldKey.ReasonCode, FieldType.Choice),
        Of(FieldKey.ReasonText, FieldType.Text),
        Of(FieldKey.CustomerId, FieldType.Choice),
    ];

    private static readonly Dictionary<string, FieldDefinition> ByKey = All.ToDictionary(field => field.Key);

    public static FieldDefinition? Find(string? key) => key is null ? null : ByKey.GetValueOrDefault(key);

    /// <summary>Whether a move of this kind can bring the field along: create takes no reason, only refer names another customer.</summary>
    public static bool CanBring(MoveKind kind, string? field) => field switch
    {
        FieldKey.ReasonCode or FieldKey.ReasonText => kind != MoveKind.Create,
        FieldKey.CustomerId => kind == MoveKind.Refer,
        null => false,
        _ => FieldKey.OfMove.Contains(field),
    };

    public static bool IsNumeric(FieldType type) => type is FieldType.Number or FieldType.Money or FieldType.Count;

    /// <summary>Whether a field may stand as the value that another one is compared with.</summary>
    public static bool Comparable(FieldType left, FieldType right) => left == right || (IsNumeric(left) && IsNumeric(right));

    private static FieldDefinition Of(string key, FieldType type, IReadOnlyList<string>? choices = null) =>
        new(key, type, OperatorsOf(type), FieldKey.OfMove.Contains(key) || FieldKey.OfRequest.Contains(key), choices);

    private static string[] OperatorsOf(FieldType type) => type switch
    {
        FieldType.Text => TextOperators,
        FieldType.Number or FieldType.Money or FieldType.Count => NumberOperators,
        FieldType.Date => DateOperators,
        FieldType.Choice => ChoiceOperators,
        FieldType.Flag => FlagOperators,
    };
}
