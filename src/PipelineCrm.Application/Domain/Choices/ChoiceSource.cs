namespace PipelineCrm.Domain;

/// <summary>One value of a list.</summary>
/// <param name="Number">As the database keeps it, where it keeps a number.</param>
public sealed record ListedChoice(string Code, LocalizedText Name, short? Number = null)
{
    /// <summary>Whether it can be chosen; what is not stays where it was.</summary>
    public bool Offered { get; init; } = true;
}

/// <summary>What may be chosen.</summary>
/// <param name="CodeKind">For codes: their kind.</param>
/// <param name="Listed">For lists: their values, in the order they are shown.</param>
public sealed record ChoiceSource(ChoiceKind Kind, string? CodeKind = null, IReadOnlyList<ListedChoice>? Listed = null)
{
    public static readonly ChoiceSource Users = new(ChoiceKind.Users);

    public static readonly ChoiceSource Currencies = new(ChoiceKind.Currencies);

    public static readonly ChoiceSource Customers = new(ChoiceKind.Customers);

    public static ChoiceSource Codes(string kind) => new(ChoiceKind.Codes, kind);

    public static ChoiceSource Of(params IReadOnlyList<ListedChoice> listed) => new(ChoiceKind.Listed, null, listed);

    /// <summary>Whether the database keeps numbers for the codes.</summary>
    public bool IsNumbered => Listed is [{ Number: not null }, ..];

    /// <summary>Whether a value of the one may be asked for in the other.</summary>
    public bool SharesValuesWith(ChoiceSource? other) =>
        other is not null && Kind == other.Kind && CodeKind == other.CodeKind
            && (Kind != ChoiceKind.Listed || ReferenceEquals(Listed, other.Listed));
}
