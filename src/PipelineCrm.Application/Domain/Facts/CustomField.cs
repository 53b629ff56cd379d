using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>A field that an admin added. Its key and type stay for good; it is retired, never deleted.</summary>
/// <param name="Key">Small letters, digits and underlines; unique, whatever the field is of.</param>
/// <param name="Choices">For choice and several choices; a value that is taken off the list stays where it was chosen.</param>
/// <param name="Position">Smaller ones come first.</param>
public sealed record CustomField(
    FactSubject Subject, string Key, FieldType Type, LocalizedText Name, IReadOnlyList<CustomChoice> Choices, int Position, bool Retired)
{
    /// <summary>What stands before the key in the names of fields.</summary>
    public const string Prefix = "custom.";

    public const int KeyLength = 40;
    public const int NameLength = 60;
    public const int TextLength = 1000;
    public const int MaxChoices = 200;
    public const int MaxFields = 100;

    /// <summary>The types that a field may have.</summary>
    public static readonly IReadOnlyList<FieldType> Types =
        [FieldType.Text, FieldType.Number, FieldType.Money, FieldType.Date, FieldType.Choice, FieldType.Choices, FieldType.Flag, FieldType.User];

    /// <summary>What rules, filters and mappings call it.</summary>
    public string FactKey => Subject == FactSubject.Deal ? Field : "customer." + Field;

    public string Field => Prefix + Key;

    private string Json => $"{(Subject == FactSubject.Deal ? "d" : "c")}.custom";

    private string Text => $"{Json} ->> '{Key}'";

    /// <summary>The field as a fact. What it is read by is also what its index is made over: see the function custom_field_index.</summary>
    public FactDefinition ToFact() => new(FactKey, Subject, Type, Name, Expression)
    {
        Custom = this,
        CurrencySql = Type == FieldType.Money ? $"({Json} -> '{Key}' ->> 'currency')" : null,
        Choices = Type switch
        {
            FieldType.Choice or FieldType.Choices => ChoiceSource.Of([.. Choices.Select(choice => new ListedChoice(choice.Code, choice.Name) { Offered = !choice.Retired })]),
            FieldType.User => ChoiceSource.Users,
            FieldType.Text or FieldType.Number or FieldType.Money or FieldType.Date or FieldType.Count or FieldType.Flag => null,
        },
        Brings = Subject == FactSubject.Deal ? Bring.Field : Bring.Never,
        Writable = !Retired,
        MaxLength = TextLength,
        Import = Retired ? null : Field,
        InHistory = true,
        Personal = Subject == FactSubject.Customer && Type == FieldType.Text,
        Sort = Type switch
        {
            FieldType.Text => new FactOrder($"{Expression} {BuiltInFacts.TextOrder}", "text"),
            FieldType.Choice => new FactOrder(Expression, "text"),
            FieldType.Number or FieldType.Money or FieldType.Count => new FactOrder(Expression, "numeric"),
            FieldType.Date => new FactOrder(Expression, "date"),
            FieldType.Flag => new FactOrder(Expression, "boolean"),
            FieldType.Choices or FieldType.User => null,
        },
    };

    private string Expression => Type switch
    {
        FieldType.Text or FieldType.Choice or FieldType.Count => $"({Text})",
        FieldType.Number => $"(({Text})::numeric)",
        FieldType.Money => $"(({Json} -> '{Key}' ->> 'amount')::numeric)",
        FieldType.Date => $"iso_day({Text})",
        FieldType.Flag => $"(({Text})::boolean)",
        FieldType.User => $"(({Text})::uuid)",
        FieldType.Choices => $"({Json} -> '{Key}')",
    };
}

/// <summary>One value that a field with choices takes.</summary>
/// <param name="Retired">No longer offered; stays where it was chosen.</param>
public sealed record CustomChoice(
    string Code,
    LocalizedText Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Retired = false);
