namespace PipelineCrm.Domain;

/// <summary>What a fact is known of.</summary>
public enum FactSubject
{
    Deal = 1,
    Customer = 2,
}

/// <summary>What a text must look like.</summary>
public enum TextForm
{
    Free = 0,
    Email = 1,
    Phone = 2,
}

/// <summary>The declaration of one fact: all that the product knows of it in advance.</summary>
/// <param name="Key">As in rule sets and the API, e.g. <c>expectedClose</c>.</param>
/// <param name="Sql">
/// Where the value is read: an expression over deal d and customer c, of a customer's fact over c alone. <c>{now}</c>, <c>{today}</c> and
/// <c>{zone}</c> stand for the instant, its day in the organisation's time zone, and that zone. Empty for what only a request brings.
/// </param>
public sealed record FactDefinition(string Key, FactSubject Subject, FactType Type, LocalizedText Name, string Sql)
{
    /// <summary>Its name beside its subject, where that is another.</summary>
    public LocalizedText? ShortName { get; init; }

    /// <summary>What to do about a missing value, without a full stop; null: said by the type.</summary>
    public LocalizedText? Ask { get; init; }

    /// <summary>What a number counts: <c>days</c>, <c>percent</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>The column of its own that people write; null for what is counted or follows from something else, and for custom
    /// fields.</summary>
    public string? Column { get; init; }

    /// <summary>Where the value may be unknown: an expression that says whether it is known.</summary>
    public string? Known { get; init; }

    /// <summary>Of an amount: the fact that says which currency it is in.</summary>
    public string? CurrencyKey { get; init; }

    /// <summary>Of an amount without such a fact: where its currency is read.</summary>
    public string? CurrencySql { get; init; }

    public ChoiceSource? Choices { get; init; }

    /// <summary>What it is before there is a deal or a customer; null: what is written to it.</summary>
    public Func<CreationContext, Fact>? AtFirst { get; init; }

    public MoveInputKind Brings { get; init; }

    /// <summary>Whether a form or the API writes it.</summary>
    public bool Writable { get; init; }

    /// <summary>Whether it may not be emptied.</summary>
    public bool Required { get; init; }

    /// <summary>What it is where whoever makes it does not say.</summary>
    public Fact Default { get; init; } = Fact.Empty;

    /// <summary>Of texts that people write: at most so many characters.</summary>
    public int MaxLength { get; init; }

    /// <summary>Of texts that people write: what they must look like.</summary>
    public TextForm Form { get; init; }

    /// <summary>What mappings of import files call it; null: no file brings it.</summary>
    public string? Import { get; init; }

    /// <summary>Of a day: normally one to come, so that forms ask about one that has passed.</summary>
    public bool LiesAhead { get; init; }

    public bool InHistory { get; init; }

    /// <summary>Says who somebody is or how they are reached: the history keeps only whether there was something.</summary>
    public bool Personal { get; init; }

    /// <summary>What lists order by; null: they do not.</summary>
    public FactOrder? Sort { get; init; }

    /// <summary>A field that an admin added.</summary>
    public CustomField? Custom { get; init; }

    /// <summary>The operators that conditions may ask with.</summary>
    public IReadOnlyList<string> Operators => Domain.Operators.Of(Type);

    /// <summary>Whether some move may bring it along.</summary>
    public bool Fillable => Brings != MoveInputKind.Never && !Retired;

    /// <summary>Kept and shown, no longer written.</summary>
    public bool Retired => Custom is { Retired: true };

    /// <summary>What it is called among the fields of its subject, in requests, answers and the history: a customer's facts carry no prefix
    /// there.</summary>
    public string Field => Custom is { } custom ? custom.Field
        : Subject == FactSubject.Customer ? Key.Replace("customer.", "", StringComparison.Ordinal) : Key;

    /// <summary>Whether a move of this kind can bring it along: create takes no reason, only refer names another customer.</summary>
    public bool CanBring(MoveKind kind) => !Retired && Brings switch
    {
        MoveInputKind.Never => false,
        MoveInputKind.Field => true,
        MoveInputKind.Reason => kind != MoveKind.Create,
        MoveInputKind.Referred => kind == MoveKind.Refer,
    };

    /// <summary>Whether people write it: then it is part of what a deal or customer holds.</summary>
    public bool IsContent => Column is not null || Custom is not null;

    /// <summary>Whether it may stand as the value that another one is compared with.</summary>
    public bool ComparesWith(FactDefinition other) => (Type.IsNumeric() && other.Type.IsNumeric())
        || (Type == other.Type && (Choices is null ? other.Choices is null : Choices.SharesValuesWith(other.Choices)));
}

/// <summary>What a list is ordered by: an expression over d, c and the owner o (of customers over c alone), and its type in the
/// database.</summary>
public sealed record FactOrder(string Sql, string Type);

public static class FactTypes
{
    /// <summary>A number may be compared with any other number.</summary>
    public static bool IsNumeric(this FactType type) => type is FactType.Number or FactType.Money or FactType.Count;
}
