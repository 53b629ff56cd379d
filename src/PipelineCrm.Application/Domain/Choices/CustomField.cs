using System.Text.Json.Serialization;

namespace PipelineCrm.Domain;

/// <summary>A field that an admin added. Its key and type stay for good; it is retired, never deleted.</summary>
/// <param name="Key">Small letters, digits and underlines; unique, whatever the field is of.</param>
/// <param name="Choices">For choice and several choices; a value that is taken off the list stays where it was chosen.</param>
/// <param name="Position">Smaller ones come first.</param>
public sealed record CustomField(
    FactSubject Subject, string Key, FactType Type, LocalizedText Name, IReadOnlyList<CustomChoice> Choices, int Position, bool Retired)
{
    /// <summary>What stands before the key in the names of fields.</summary>
    public const string Prefix = "custom.";

    public const int KeyLength = 40;
    public const int NameLength = 60;
    public const int TextLength = 1000;
    public const int MaxChoices = 200;
    public const int MaxFields = 100;

    /// <summary>The types that a field may have.</summary>
    public static readonly IReadOnlyList<FactType> Types =
        [FactType.Text, FactType.Number, FactType.Money, FactType.Date, FactType.Choice, FactType.Choices, FactType.Flag, FactType.User];

    /// <summary>What rules, filters and mappings call it.</summary>
    public string FactKey => Subject == FactSubject.Deal ? Field : "customer." + Field;

    public string Field => Prefix + Key;

    private string Json => $"{(Subject == FactSubject.Deal ? "d" : "c")}.custom";

    private string Text => $"{Json} ->> '{Key}'";

    /// <summary>The field as a fact. What it is read by is also what its index is made over: see the function custom_field_index.</summary>
    public FactDefinition ToFact() => new(FactKey, Subject, Type, Name, Expression)
    {
        Custom = this,
        CurrencySql = Type == FactType.Money ? $"({Json} -> '{Key}' ->> 'currency')" : null,
        Choices = Type switch
        {
            FactType.Choice or FactType.Choices => ChoiceSource.Of(
                [.. Choices.Select(choice => new ListedChoice(choice.Code, choice.Name) { Offered = !choice.Retired })]),
            FactType.User => ChoiceSource.Users,
            FactType.Text or FactType.Number or FactType.Money or FactType.Date or FactType.Count or FactType.Flag => null,
        },
        Brings = Subject == FactSubject.Deal ? MoveInputKind.Field : MoveInputKind.Never,
        Writable = !Retired,
        MaxLength = TextLength,
        Import = Retired ? null : Field,
        InHistory = true,
        Personal = Subject == FactSubject.Customer && Type == FactType.Text,
        Sort = Type switch
        {
            FactType.Text => new FactOrder($"{Expression} {NameOrder.Sql}", "text"),
            FactType.Choice => new FactOrder(Expression, "text"),
            FactType.Number or FactType.Money or FactType.Count => new FactOrder(Expression, "numeric"),
            FactType.Date => new FactOrder(Expression, "date"),
            FactType.Flag => new FactOrder(Expression, "boolean"),
            FactType.Choices or FactType.User => null,
        },
    };

    private string Expression => Type switch
    {
        FactType.Text or FactType.Choice or FactType.Count => $"({Text})",
        FactType.Number => $"(({Text})::numeric)",
        FactType.Money => $"(({Json} -> '{Key}' ->> 'amount')::numeric)",
        FactType.Date => $"iso_day({Text})",
        FactType.Flag => $"(({Text})::boolean)",
        FactType.User => $"(({Text})::uuid)",
        FactType.Choices => $"({Json} -> '{Key}')",
    };
}

/// <summary>One value that a field with choices takes.</summary>
/// <param name="Retired">No longer offered; stays where it was chosen.</param>
public sealed record CustomChoice(
    string Code,
    LocalizedText Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Retired = false);
